package main

import (
	"os"
	"path/filepath"
	"strings"
	"unsafe"

	"golang.org/x/sys/windows"
)

var (
	kernel32                 = windows.NewLazySystemDLL("kernel32.dll")
	getConsoleProcessList    = kernel32.NewProc("GetConsoleProcessList")
	getUserDefaultLocaleName = kernel32.NewProc("GetUserDefaultLocaleName")
)

// systemLanguages returns the first language of Windows' own texts, and that of
// its dates and numbers: many a Windows in Viet Nam has English texts.
func systemLanguages() []string {
	tags, _ := windows.GetUserPreferredUILanguages(windows.MUI_LANGUAGE_NAME)
	tags = tags[:min(len(tags), 1)]
	const maxName = 85 // LOCALE_NAME_MAX_LENGTH
	var name [maxName]uint16
	if n, _, _ := getUserDefaultLocaleName.Call(uintptr(unsafe.Pointer(&name[0])), maxName); n > 0 {
		tags = append(tags, windows.UTF16ToString(name[:]))
	}
	return tags
}

// startedByExplorer reports whether the program was started from Explorer: its
// parent is Explorer, and nobody else uses its console. In a terminal a shell
// does; a service, a scheduled task and a CI job have another parent.
func startedByExplorer() bool {
	var ids [2]uint32
	n, _, _ := getConsoleProcessList.Call(uintptr(unsafe.Pointer(&ids[0])), uintptr(len(ids)))
	return n == 1 && strings.EqualFold(processName(uint32(os.Getppid())), "explorer.exe")
}

// processName returns the name of a running program, or "".
func processName(id uint32) string {
	all, err := windows.CreateToolhelp32Snapshot(windows.TH32CS_SNAPPROCESS, 0)
	if err != nil {
		return ""
	}
	defer func() { _ = windows.CloseHandle(all) }()
	p := windows.ProcessEntry32{Size: uint32(unsafe.Sizeof(windows.ProcessEntry32{}))}
	for err = windows.Process32First(all, &p); err == nil; err = windows.Process32Next(all, &p) {
		if p.ProcessID == id {
			return windows.UTF16ToString(p.ExeFile[:])
		}
	}
	return ""
}

// openFile shows a file in the program that Windows has for its kind.
func openFile(path string) error {
	file, err := windows.UTF16PtrFromString(path)
	if err != nil {
		return err
	}
	dir, err := windows.UTF16PtrFromString(filepath.Dir(path))
	if err != nil {
		return err
	}
	return windows.ShellExecute(0, nil, file, nil, dir, windows.SW_SHOWNORMAL)
}

// prepareConsole lets the console understand colours: old ones do not by
// themselves, and do not at all before Windows 10. What is printed reaches a
// console as UTF-16, whatever its code page.
func prepareConsole() {
	for _, f := range []*os.File{os.Stdout, os.Stderr} {
		var mode uint32
		if windows.GetConsoleMode(windows.Handle(f.Fd()), &mode) == nil {
			_ = windows.SetConsoleMode(windows.Handle(f.Fd()), mode|windows.ENABLE_VIRTUAL_TERMINAL_PROCESSING)
		}
	}
}

// understandsColours reports whether a console takes escape sequences.
func understandsColours(f *os.File) bool {
	var mode uint32
	err := windows.GetConsoleMode(windows.Handle(f.Fd()), &mode)
	return err == nil && mode&windows.ENABLE_VIRTUAL_TERMINAL_PROCESSING != 0
}

// pattern makes a file pattern match in any case, as names do on Windows.
func pattern(p string) string {
	dir, base := filepath.Split(p)
	if strings.ContainsAny(dir, "*?[") {
		dir = pattern(strings.TrimRight(dir, `\/`)) + `\`
	}
	return dir + anyCase(base)
}
