// Package ldvalue is a stub of LaunchDarkly's JSON values.
package ldvalue

// Value is any JSON value.
type Value struct{ v any }

// Bool returns a value.
func Bool(value bool) Value { return Value{value} }

// Float64 returns a value.
func Float64(value float64) Value { return Value{value} }

// Int returns a value.
func Int(value int) Value { return Value{value} }

// Null returns no value.
func Null() Value { return Value{} }

// String returns a value.
func String(value string) Value { return Value{value} }

// BoolValue returns the value, if it is a boolean.
func (v Value) BoolValue() bool {
	b, _ := v.v.(bool)
	return b
}

// IntValue returns the value, if it is an integer.
func (v Value) IntValue() int {
	n, _ := v.v.(int)
	return n
}

// StringValue returns the value, if it is a text.
func (v Value) StringValue() string {
	s, _ := v.v.(string)
	return s
}
