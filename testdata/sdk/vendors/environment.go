package vendors

import (
	"os"
	"strconv"
	"syscall"
	"testing"
)

type environmentConfig struct {
	NewUI   bool   `env:"FEATURE_NEW_UI" envDefault:"true"`
	Old     bool   `envconfig:"ENABLE_OLD" default:"false"`
	Listed  bool   `env:"USE_LIST,required"`
	Port    int    `env:"PORT" envDefault:"8080"`
	Plain   string `json:"FEATURE_PLAIN"`
	Ignored bool   `env:"-"`
}

func environment(c *environmentConfig, name string) {
	on(os.Getenv("FEATURE_A") == "true") // want read:FEATURE_A=
	v, ok := os.LookupEnv("ENABLE_B")    // want read:ENABLE_B=
	w, found := syscall.Getenv("FF_C")   // want read:FF_C=
	on(v, ok, w, found)
	b, err := strconv.ParseBool(os.Getenv("USE_D")) // want read:USE_D=
	on(b, err, os.Getenv("HOME"), os.Getenv(name))
	on(os.Getenv("FEATURE_" + name))                         // want read:?=
	on(c.NewUI, c.Old, c.Listed, c.Port, c.Plain, c.Ignored) // want read:FEATURE_NEW_UI=true read:ENABLE_OLD=false read:USE_LIST
}

// variable reads any variable, of which some are flags.
func variable(name string) string { return os.Getenv(name) } // want read:?=

// address reads any variable, of which none is.
func address(name string) string { return os.Getenv(name) }

// cached reads any variable, of which none is, at a later time.
func cached(name string) func() string {
	return func() string { return os.Getenv(name) }
}

// later reads any variable, of which some are, at a later time.
func later(name string) func() string {
	return func() string { return os.Getenv(name) } // want read:?=
}

func environmentWrapped() {
	on(variable("FEATURE_E"), variable("PORT"), address("HOST"), cached("DIR")()) // want read:FEATURE_E
	on(later("FEATURE_F")(), later("PORT")())                                     // want read:FEATURE_F read:FEATURE_F
}

func environmentTests(t *testing.T) {
	t.Setenv("FEATURE_A", "true")                             // want override:FEATURE_A=true
	on(os.Setenv("FEATURE_A", "1"), os.Unsetenv("FEATURE_A")) // want override:FEATURE_A=1 override:FEATURE_A=
	on(syscall.Setenv("FF_C", "1"), syscall.Unsetenv("FF_C")) // want override:FF_C=1 override:FF_C=
}
