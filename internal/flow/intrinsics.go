package flow

import (
	"go/constant"
	"strconv"
	"strings"
)

// intrinsics are the standard library's functions through which flag values
// and keys commonly pass, over known arguments. A function with two results
// returns a tuple.
var intrinsics = map[string]func([]Value) Value{
	"strconv.ParseBool": func(a []Value) Value {
		s, ok := a[0].text()
		if !ok {
			return Unknown
		}
		b, err := strconv.ParseBool(s)
		if err != nil {
			return tuple([]Value{boolean(false), Unknown})
		}
		return tuple([]Value{boolean(b), Nil})
	},
	"strconv.Atoi": func(a []Value) Value {
		s, ok := a[0].text()
		if !ok {
			return Unknown
		}
		n, err := strconv.Atoi(s)
		if err != nil || int64(int32(n)) != int64(n) { // beyond 32 bits it depends on the platform
			return Unknown
		}
		return tuple([]Value{Const(constant.MakeInt64(int64(n))), Nil})
	},
	"strings.ToLower":   mapText(strings.ToLower),
	"strings.ToUpper":   mapText(strings.ToUpper),
	"strings.TrimSpace": mapText(strings.TrimSpace),
	"strings.EqualFold": compareText(strings.EqualFold),
	"strings.HasPrefix": compareText(strings.HasPrefix),
	"strings.HasSuffix": compareText(strings.HasSuffix),
	"strings.Contains":  compareText(strings.Contains),
}

func mapText(f func(string) string) func([]Value) Value {
	return func(a []Value) Value {
		if s, ok := a[0].text(); ok {
			return Const(constant.MakeString(f(s)))
		}
		return Unknown
	}
}

func compareText(f func(a, b string) bool) func([]Value) Value {
	return func(a []Value) Value {
		s, ok := a[0].text()
		t, ok2 := a[1].text()
		if ok && ok2 {
			return boolean(f(s, t))
		}
		return Unknown
	}
}
