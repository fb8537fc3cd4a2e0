package registry

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Date is a day in UTC. The zero Date is unknown. Dates may be compared with ==.
type Date struct {
	year  int
	month time.Month
	day   int
}

// DateOf returns the day in UTC on which t falls.
func DateOf(t time.Time) Date {
	y, m, d := t.UTC().Date()
	return Date{y, m, d}
}

// ParseDate reads a day written as 2006-01-02. Its errors say how to write the
// day where that can be guessed.
func ParseDate(s string) (Date, error) {
	if t, err := time.Parse(time.DateOnly, s); err == nil {
		return DateOf(t), nil
	}
	if t, err := time.Parse("2006-1-2", s); err == nil {
		return Date{}, fmt.Errorf("%q is no date: write %s", s, DateOf(t))
	}
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return Date{}, fmt.Errorf("%q is no date: write the day alone, in UTC, as %s", s, DateOf(t))
	}
	if isDigits(s, "dddd-dd-dd") {
		return Date{}, fmt.Errorf("%q is no date: there is no such day", s)
	}
	return Date{}, fmt.Errorf("%q is no date: write year, month and day as in 2026-01-31", s)
}

// isDigits reports whether s has the form of pattern, in which d is a digit.
func isDigits(s, pattern string) bool {
	return len(s) == len(pattern) && strings.Map(func(r rune) rune {
		if _, err := strconv.Atoi(string(r)); err == nil {
			return 'd'
		}
		return r
	}, s) == pattern
}

// String returns the day as 2006-01-02; "" for the zero Date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return d.time().Format(time.DateOnly)
}

// IsZero reports whether the day is unknown.
func (d Date) IsZero() bool { return d == Date{} }

// Compare returns -1, 0 or +1 as d is before, on or after e. The zero Date is
// before all others.
func (d Date) Compare(e Date) int {
	return cmp.Or(cmp.Compare(d.year, e.year), cmp.Compare(d.month, e.month), cmp.Compare(d.day, e.day))
}

// Before reports whether d is an earlier day than e.
func (d Date) Before(e Date) bool { return d.Compare(e) < 0 }

// After reports whether d is a later day than e.
func (d Date) After(e Date) bool { return d.Compare(e) > 0 }

// Sub returns the number of days from e to d; it is negative where d is
// earlier. Precondition: neither is zero.
func (d Date) Sub(e Date) int {
	return int(d.time().Sub(e.time()) / (24 * time.Hour))
}

// AddDays returns the day n days after d, or before it where n is negative.
// Precondition: d is not zero.
func (d Date) AddDays(n int) Date {
	return DateOf(d.time().AddDate(0, 0, n))
}

// time returns the first instant of the day.
func (d Date) time() time.Time {
	return time.Date(d.year, d.month, d.day, 0, 0, 0, 0, time.UTC)
}
