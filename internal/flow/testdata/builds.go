// What other platforms and builds make of a constant is not known. A text may
// still be a key: "~".
package spec

import (
	"example.com/lib"
	"flag"
	"os"
	"runtime"
	"strconv"
	"syscall"
	"unsafe"
)

func is(any)      {}
func here()       {}
func effects(any) {}

const onLinux = runtime.GOOS == "linux"

const (
	width  = strconv.IntSize / 8
	double = width * 2
	fixed  = 4
	more   = iota + width
	again
	last = 7
)

const prefix = runtime.GOOS + "-"

var version string

var channel = "stable"

var set string

var number int

var computed = os.Getenv("X")

type text string

var typed text = "x"

func constants() {
	const inner = onLinux || false
	is(runtime.GOOS)            // ~"linux"
	is(runtime.GOOS == "linux") // ?
	is(onLinux)                 // ?
	is(inner)                   // ?
	is(width)                   // ?
	is(double > 1)              // ?
	is(fixed)                   // 4
	is(again)                   // ?
	is(last)                    // 7
	is(prefix)                  // ~"linux-"
	is(os.PathSeparator == '/') // ?
	is(syscall.O_RDONLY)        // ?
	is(unsafe.Sizeof(fixed))    // ?
	is(lib.Limit)               // 3
	is(len(runtime.GOOS))       // ?
	is(text(runtime.GOARCH))    // ~"amd64"
	if runtime.GOOS == "windows" {
		here() // yes
	}
	switch runtime.GOOS {
	case "plan9":
		here() // yes
	}
}

func linked() {
	is(version)          // ~""
	is(version == "")    // ?
	is(channel)          // ~"stable"
	is(channel + "x")    // ~"stablex"
	is(flag.On(channel)) // stable
	is("new-" + channel) // ~"new-stable"
	is(len(channel) > 3) // ?
	is(number)           // 0
	is(computed)         // ?
	is(typed)            // "x"
	set = "y"
	is(set) // ?
	x := flag.On("a")
	if version != "" {
		x = false
	}
	is(x) // ?
}

func on(suffix string) bool { return flag.On("new-" + suffix) }

func keys() {
	is(on(channel)) // new-stable
}
