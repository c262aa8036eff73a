// Starts the command line behind its own name as Explorer does: as its child, in
// a console of its own, without the variables that name a language.
//
// With SCREEN=FILE it waits until the console stands still, writes the code page
// and what the console shows into the file, as UTF-16, and presses Enter.
#include <windows.h>
#include <string.h>

#define COLUMNS 120
#define ROWS 60

static wchar_t screen[ROWS * (COLUMNS + 1)], before[ROWS * (COLUMNS + 1)];

static void readScreen(HANDLE console) {
	CONSOLE_SCREEN_BUFFER_INFO info;
	memset(screen, 0, sizeof screen);
	if (!GetConsoleScreenBufferInfo(console, &info)) return;
	wchar_t *to = screen;
	for (SHORT row = 0; row < ROWS && row <= info.dwCursorPosition.Y; row++) {
		DWORD n = 0;
		COORD at = {0, row};
		ReadConsoleOutputCharacterW(console, to, min(COLUMNS, info.dwSize.X), at, &n);
		while (n > 0 && to[n - 1] == L' ') n--;
		to += n;
		*to++ = L'\n';
	}
}

static void save(const wchar_t *file) {
	wchar_t head[32];
	DWORD n;
	wsprintfW(head, L"code page %u\n", GetConsoleOutputCP());
	HANDLE out = CreateFileW(file, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL);
	WriteFile(out, head, lstrlenW(head) * sizeof(wchar_t), &n, NULL);
	WriteFile(out, screen, lstrlenW(screen) * sizeof(wchar_t), &n, NULL);
	CloseHandle(out);
}

static void pressEnter(void) {
	HANDLE in = CreateFileW(L"CONIN$", GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL, OPEN_EXISTING, 0, NULL);
	INPUT_RECORD keys[2] = {{0}};
	DWORD n;
	for (int i = 0; i < 2; i++) {
		keys[i].EventType = KEY_EVENT;
		keys[i].Event.KeyEvent.bKeyDown = i == 0;
		keys[i].Event.KeyEvent.wRepeatCount = 1;
		keys[i].Event.KeyEvent.wVirtualKeyCode = VK_RETURN;
		keys[i].Event.KeyEvent.wVirtualScanCode = 28;
		keys[i].Event.KeyEvent.uChar.UnicodeChar = L'\r';
	}
	WriteConsoleInputW(in, keys, 2, &n);
}

static void watch(const wchar_t *file, PROCESS_INFORMATION process) {
	int still = 0;
	FreeConsole();
	WaitForSingleObject(process.hProcess, 2000); // it looks whether the console is its own
	while (WaitForSingleObject(process.hProcess, 100) == WAIT_TIMEOUT) {
		if (!AttachConsole(process.dwProcessId)) continue;
		HANDLE console = CreateFileW(L"CONOUT$", GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL, OPEN_EXISTING, 0, NULL);
		memcpy(before, screen, sizeof screen);
		readScreen(console);
		still = screen[0] && !memcmp(before, screen, sizeof screen) ? still + 1 : 0;
		if (still == 10) {
			save(file);
			pressEnter();
		}
		CloseHandle(console);
		FreeConsole();
	}
}

int main(void) {
	wchar_t *line = GetCommandLineW(), file[MAX_PATH] = L"";
	int quoted = 0;
	for (; *line && (quoted || *line != L' '); line++)
		if (*line == L'"') quoted = !quoted;
	while (*line == L' ') line++;
	GetEnvironmentVariableW(L"SCREEN", file, MAX_PATH);
	SetEnvironmentVariableW(L"LANG", NULL);
	SetEnvironmentVariableW(L"LC_ALL", NULL);
	SetEnvironmentVariableW(L"LC_MESSAGES", NULL);
	STARTUPINFOW start = {sizeof start};
	PROCESS_INFORMATION process;
	if (!CreateProcessW(NULL, line, NULL, NULL, FALSE, CREATE_NEW_CONSOLE, NULL, NULL, &start, &process)) return 98;
	if (*file) watch(file, process);
	WaitForSingleObject(process.hProcess, INFINITE);
	DWORD code = 99;
	GetExitCodeProcess(process.hProcess, &code);
	return code;
}
