package page_test

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/net/websocket"
)

// firefoxTab is a tab of Firefox, which speaks WebDriver BiDi by itself.
type firefoxTab struct {
	conn    *websocket.Conn
	context string
	mu      sync.Mutex
	last    int
	waiting map[int]chan answer
	what    []string
	asks    []string
}

type answer struct {
	ID      int             `json:"id"`
	Type    string          `json:"type"`
	Method  string          `json:"method"`
	Params  json.RawMessage `json:"params"`
	Result  json.RawMessage `json:"result"`
	Message string          `json:"message"`
}

// preferences let Firefox do nothing by itself, and save without asking.
const preferences = `
user_pref("browser.download.folderList", 2);
user_pref("browser.download.dir", %q);
user_pref("browser.download.useDownloadDir", true);
user_pref("browser.download.always_ask_before_handling_new_types", false);
user_pref("browser.download.alwaysOpenPanel", false);
user_pref("browser.download.open_pdf_attachments_inline", false);
user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("app.update.auto", false);
user_pref("network.proxy.type", 1);
user_pref("network.proxy.http", "127.0.0.1");
user_pref("network.proxy.http_port", 9);
user_pref("network.proxy.ssl", "127.0.0.1");
user_pref("network.proxy.ssl_port", 9);
user_pref("toolkit.telemetry.enabled", false);
user_pref("remote.active-protocols", 1);
`

var listening = regexp.MustCompile(`WebDriver BiDi listening on (ws://\S+)`)

func openFirefox(t testing.TB, page, downloads string) browser {
	path := executable(t, "firefox-esr", "firefox")
	profile := t.TempDir()
	if err := os.WriteFile(filepath.Join(profile, "user.js"), fmt.Appendf(nil, preferences, downloads), 0o666); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(path, "--headless", "--profile", profile, "--remote-debugging-port", "0", "--remote-allow-origins", "http://127.0.0.1/", "--remote-allow-hosts", "127.0.0.1", "--no-remote", "about:blank")
	cmd.Env = append(os.Environ(), "HOME="+profile, "MOZ_HEADLESS=1")
	stderr, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cmd.Process.Kill(); cmd.Wait() })
	address := make(chan string, 1)
	go func() {
		for lines := bufio.NewScanner(stderr); lines.Scan(); {
			if m := listening.FindStringSubmatch(lines.Text()); m != nil {
				address <- m[1]
			}
		}
	}()
	f := &firefoxTab{waiting: map[int]chan answer{}}
	select {
	case url := <-address:
		if f.conn, err = websocket.Dial(url+"/session", "", "http://127.0.0.1"); err != nil {
			t.Fatal(err)
		}
	case <-time.After(2 * time.Minute):
		t.Fatal("firefox does not listen")
	}
	t.Cleanup(func() { f.conn.Close() })
	go f.read()
	f.begin(t, page)
	return f
}

func (f *firefoxTab) begin(t testing.TB, page string) {
	t.Helper()
	must := func(method string, params any, result any) {
		t.Helper()
		data, err := f.call(method, params)
		if err == nil && result != nil {
			err = json.Unmarshal(data, result)
		}
		if err != nil {
			t.Fatalf("%s: %v", method, err)
		}
	}
	must("session.new", map[string]any{"capabilities": map[string]any{}}, nil)
	must("session.subscribe", map[string]any{"events": []string{"log.entryAdded", "network.beforeRequestSent"}}, nil)
	var tree struct {
		Contexts []struct {
			Context string `json:"context"`
		} `json:"contexts"`
	}
	must("browsingContext.getTree", map[string]any{}, &tree)
	f.context = tree.Contexts[0].Context
	must("browsingContext.navigate", map[string]any{"context": f.context, "url": "file://" + page, "wait": "complete"}, nil)
}

func (f *firefoxTab) read() {
	for {
		var a answer
		if err := websocket.JSON.Receive(f.conn, &a); err != nil {
			return
		}
		f.mu.Lock()
		switch {
		case a.Type == "event":
			f.hear(a)
		case f.waiting[a.ID] != nil:
			f.waiting[a.ID] <- a
			delete(f.waiting, a.ID)
		}
		f.mu.Unlock()
	}
}

func (f *firefoxTab) hear(a answer) {
	var p struct {
		Level   string `json:"level"`
		Text    string `json:"text"`
		Context string `json:"context"`
		Request struct {
			URL string `json:"url"`
		} `json:"request"`
	}
	if err := json.Unmarshal(a.Params, &p); err != nil {
		return
	}
	switch {
	case a.Method == "log.entryAdded":
		f.what = append(f.what, p.Level+": "+p.Text)
	case strings.HasPrefix(p.Request.URL, "http"):
		f.asks = append(f.asks, p.Request.URL)
	}
}

func (f *firefoxTab) call(method string, params any) (json.RawMessage, error) {
	f.mu.Lock()
	f.last++
	id, got := f.last, make(chan answer, 1)
	f.waiting[id] = got
	f.mu.Unlock()
	if err := websocket.JSON.Send(f.conn, map[string]any{"id": id, "method": method, "params": params}); err != nil {
		return nil, err
	}
	select {
	case a := <-got:
		if a.Type == "error" {
			return nil, errors.New(a.Message)
		}
		return a.Result, nil
	case <-time.After(5 * time.Minute):
		return nil, errors.New("no answer")
	}
}

// evaluated is what an expression came to.
type evaluated struct {
	Type   string `json:"type"`
	Result struct {
		Value    json.RawMessage `json:"value"`
		SharedID string          `json:"sharedId"`
	} `json:"result"`
	ExceptionDetails struct {
		Text string `json:"text"`
	} `json:"exceptionDetails"`
}

func (f *firefoxTab) evaluate(context, script string) (e evaluated, err error) {
	data, err := f.call("script.evaluate", map[string]any{
		"expression": script, "target": map[string]any{"context": context}, "awaitPromise": true})
	if err != nil {
		return e, err
	}
	if err := json.Unmarshal(data, &e); err != nil {
		return e, err
	}
	if e.Type != "success" {
		return e, errors.New(e.ExceptionDetails.Text)
	}
	return e, nil
}

func (f *firefoxTab) eval(script string) ([]byte, error) { return f.evalIn(f.context, script) }

func (f *firefoxTab) inReport(script string) ([]byte, error) {
	data, err := f.call("browsingContext.getTree", map[string]any{"root": f.context})
	if err != nil {
		return nil, err
	}
	var tree struct {
		Contexts []struct {
			Children []struct {
				Context string `json:"context"`
			} `json:"children"`
		} `json:"contexts"`
	}
	if err := json.Unmarshal(data, &tree); err != nil || len(tree.Contexts[0].Children) != 1 {
		return nil, fmt.Errorf("no frame in %s: %v", data, err)
	}
	return f.evalIn(tree.Contexts[0].Children[0].Context, script)
}

func (f *firefoxTab) evalIn(context, script string) ([]byte, error) {
	e, err := f.evaluate(context, "(async () => JSON.stringify(await ("+script+")))()")
	if err != nil {
		return nil, err
	}
	var text string
	err = json.Unmarshal(e.Result.Value, &text)
	return []byte(text), err
}

func (f *firefoxTab) choose(css string, files ...string) error {
	e, err := f.evaluate(f.context, fmt.Sprintf("document.querySelector(%q)", css))
	if err != nil {
		return err
	}
	_, err = f.call("input.setFiles", map[string]any{
		"context": f.context, "element": map[string]any{"sharedId": e.Result.SharedID}, "files": files})
	return err
}

func (f *firefoxTab) said() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.what
}

func (f *firefoxTab) sent() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.asks
}
