package config

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/flagdebt/flagdebt/registry"
)

// Config is a .flagdebt.yml, checked and with its defaults filled in.
type Config struct {
	File         string         // the file it was read from, relative to the repository's root; "" for Default
	Registry     []RegistryFile // merged in this order
	Environments []string       // the critical ones: all must agree before a flag is settled
	Providers    []Provider     // the user's own ways of asking
	Build        []Build        // build configurations beside the host's
	Rules        map[string]Rule
	Fix          Fix
	Protected    []Glob // flags that are never rewritten, by key
	Overrides    []Override
	PullRequest  PullRequest
	Version      registry.Version // the repository's own, by which version expiries are judged; zero is unknown
}

// RegistryFile is a file with flags.
type RegistryFile struct {
	File     string            // relative to the repository's root, with slashes, for positions
	Path     string            `json:"-"` // absolute
	Complete bool              // lists every flag
	Form     FileForm          // whose file it is; "" is our own
	Pos      registry.Position `json:"-"`
}

// FileForm is the form of a registry file.
type FileForm string

// FormInfluxDB is that of the files from which InfluxDB's generator makes a function
// for each flag.
const FormInfluxDB FileForm = "influxdb"

// Build is a build configuration. What is left out is the host's.
type Build struct {
	GOOS   string
	GOARCH string
	Tags   []string
	Cgo    *bool
}

// Severity says how bad the findings of a rule are; "" leaves it to the rule.
type Severity string

// The severities.
const (
	SeverityError   Severity = "error"
	SeverityWarning Severity = "warning"
	SeverityNote    Severity = "note"
	SeverityOff     Severity = "off"
)

// Rule is what the user wants of a rule. The zero parts are left to the rule.
type Rule struct {
	Severity   Severity
	WarnBefore *int              // days before the expiry from which on it is told
	Pos        registry.Position `json:"-"` // of the rule's word
}

// Override changes rules for some files.
type Override struct {
	Paths []Glob // relative to the repository's root
	Rules map[string]Rule
}

// Exported says what becomes of exported symbols that nobody in the repository
// uses any more.
type Exported string

// The choices for exported symbols.
const (
	ExportedKeep   Exported = "keep" // the default
	ExportedRemove Exported = "remove"
)

// Verify says how a removal is proven before it is written. Each choice holds
// the ones before it.
type Verify string

// The proofs.
const (
	VerifyTypes Verify = "types" // it compiles; the default
	VerifyVet   Verify = "vet"
	VerifyTest  Verify = "test"
)

// Fix says how flags are removed.
type Fix struct {
	Exported Exported
	Verify   Verify
	Tidy     Tidy
	Files    []Glob                    // configuration files that name flags, out of which they are taken
	Retire   map[string]registry.House // by flag system: what becomes of definitions, instead of what its provider says
}

// Tidy says what is tidied where a removal makes the occasion.
type Tidy struct {
	Zero  bool // keys of struct literals that are set to the zero value now go
	Merge bool // "var x T" goes where the assignment behind it can declare x
	Scope bool // "_, err := f()" goes into the head of the if behind it
	// Inline writes what a variable holds where it is read, right behind its
	// declaration, if there is no other place any more.
	Inline  bool
	Else    bool // the else goes where the body before it ends the way now
	Literal bool // what is set right behind a literal gets into it
}

// PullRequest says how pull requests are opened.
type PullRequest struct {
	MaxOpen      int    // not more than this many open at a time
	Base         string // the branch to merge into; "" is the repository's default
	BranchPrefix string
	Draft        bool
	Labels       []string
	Assignees    []string
	Reviewers    []string // users, and teams as org/team
}

// Default returns what holds where there is no .flagdebt.yml.
func Default() *Config {
	return &Config{
		Environments: []string{"production"},
		Rules:        map[string]Rule{},
		Fix:          Fix{Exported: ExportedKeep, Verify: VerifyTypes, Tidy: Tidy{Zero: true, Merge: true, Scope: true, Inline: true, Else: true, Literal: true}},
		PullRequest:  PullRequest{MaxOpen: 5, BranchPrefix: "flagdebt/", Labels: []string{"flagdebt"}},
	}
}

// Load reads and checks a configuration file. Its error, if any, tells all
// mistakes, a line each. The registry files that it names must exist.
func Load(path string) (*Config, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("reading the configuration: %w", err)
	}
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("reading the configuration: %w", err)
	}
	dir := filepath.Dir(abs)
	return parse(data, folder{root: findRoot(dir), dir: dir}, filepath.Base(abs))
}

// IsProtected reports whether the flag with that key must never be rewritten.
func (c *Config) IsProtected(key string) bool { return matchAny(c.Protected, key) }
