package lang

// Error is an error that is told in both languages, in the one of the person
// who reads it.
type Error struct {
	Text  Text
	Cause error // what it wraps; may be nil
}

// Errorf is an error in the words that F makes. It wraps the first of the
// arguments that is an error.
func Errorf(en, vi string, args ...any) error {
	e := &Error{Text: F(en, vi, args...)}
	for _, a := range args {
		if err, ok := a.(error); ok {
			e.Cause = err
			break
		}
	}
	return e
}

// In returns the message in a language; so does F for an error among its
// arguments.
func (e *Error) In(l Lang) string { return e.Text.In(l) }

// Error returns the English message.
func (e *Error) Error() string { return e.In(EN) }

// Unwrap returns what the error wraps.
func (e *Error) Unwrap() error { return e.Cause }
