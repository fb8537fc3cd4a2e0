// Package gclplugin makes flagdebt a linter of golangci-lint, version 2, through
// its module plugin system. Import it, for its effect alone, into a
// golangci-lint that is built with "golangci-lint custom" or by hand; then
//
//	linters:
//	  enable: [flagdebt]
//	  settings:
//	    custom:
//	      flagdebt:
//	        type: module
//	        settings:
//	          config: path/to/.flagdebt.yml # from the working directory; default: found upwards from there
//	          today: 2026-11-21 # default: the day in UTC
//
// Each package is judged by itself, so only the rules that need no more than
// that take part. A golangci-lint built by hand must not give itself a constant
// version, or it replays the findings of an older flagdebt; "(devel)" is right.
//
// This is the one package with an init, since the plugin system asks for it, and
// the one place outside cmd that reads the clock, since it has no cmd.
package gclplugin

import (
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/golangci/plugin-module-register/register"
	"golang.org/x/tools/go/analysis"

	"github.com/flagdebt/flagdebt/analyzer"
	"github.com/flagdebt/flagdebt/registry"
)

func init() {
	register.Plugin("flagdebt", New)
}

// settings is what stands below "settings" in the user's .golangci.yml.
type settings struct {
	Config string `json:"config"`
	Today  string `json:"today"`
}

// plugin is flagdebt as golangci-lint sees it.
type plugin struct {
	settings analyzer.Settings
}

// New reads the user's settings. It is the door that the plugin system knocks at.
func New(raw any) (register.LinterPlugin, error) {
	s, err := register.DecodeSettings[settings](raw)
	if err != nil {
		return nil, fmt.Errorf("reading the settings of flagdebt: %w", err)
	}
	today := registry.DateOf(time.Now())
	if s.Today != "" {
		day := strings.TrimSuffix(s.Today, "T00:00:00Z") // YAML takes a day without quotes for an instant
		if today, err = registry.ParseDate(day); err != nil {
			return nil, fmt.Errorf("reading the setting today of flagdebt: %w", err)
		}
	}
	// golangci-lint starts linters in the user's working directory, wherever its
	// own configuration stands.
	dir, err := os.Getwd()
	if err != nil {
		return nil, fmt.Errorf("finding the working directory: %w", err)
	}
	return plugin{analyzer.Settings{Dir: dir, ConfigPath: s.Config, Today: today}}, nil
}

// GetLoadMode asks for types: without them the analyzer could not tell flags apart.
func (plugin) GetLoadMode() string { return register.LoadModeTypesInfo }

// BuildAnalyzers reads configuration and registry. It is called once a run, even
// where all findings come from the cache, and its errors are never cached.
func (p plugin) BuildAnalyzers() ([]*analysis.Analyzer, error) {
	driver, err := analyzer.Load(p.settings)
	if err != nil {
		return nil, err
	}
	return []*analysis.Analyzer{driver.Analyzer(), salt(driver.Digest())}, nil
}

// salt returns an analyzer that does nothing but bear digest in its name.
// golangci-lint keys its cache by the source code and the analyzers' names, and
// knows of no other file; so this name is what makes it forget its findings when
// the registry, the configuration or the day says otherwise.
func salt(digest string) *analysis.Analyzer {
	return &analysis.Analyzer{
		Name: "flagdebt_salt_" + digest,
		Doc:  "does nothing; its name keeps golangci-lint from replaying findings of another registry",
		Run:  func(*analysis.Pass) (any, error) { return nil, nil },
	}
}
