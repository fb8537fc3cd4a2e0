package program

import "testing"

// TestInterfaceText cuts an interface out of a text whole, whatever braces its
// comments hold.
func TestInterfaceText(t *testing.T) {
	for _, body := range []string{
		"interface{}",
		"interface { Is(error) bool }",
		"interface {\n\tA() // }\n\t/* } */ B(interface{ C() })\n}",
	} {
		if got := string(interfaceText([]byte(body + "\nvar x = T{}"))); got != body {
			t.Errorf("cut %q, want %q", got, body)
		}
	}
	for _, text := range []string{"interfaces {}", "interface", "interface{ A()"} {
		if got := interfaceText([]byte(text)); got != nil {
			t.Errorf("%q holds no interface, but %q was cut", text, got)
		}
	}
}
