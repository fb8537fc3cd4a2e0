// Golangci is golangci-lint with flagdebt linked in as a module plugin, the way
// a user of the plugin would build it. The project lints itself with it.
package main

import (
	"fmt"
	"os"

	"github.com/golangci/golangci-lint/v2/pkg/commands"
	"github.com/golangci/golangci-lint/v2/pkg/exitcodes"

	_ "github.com/flagdebt/flagdebt/analyzer/gclplugin" // registers the linter "flagdebt"
)

func main() {
	// "(devel)" makes golangci-lint salt its cache with the digest of this very
	// binary; a constant version would replay the findings of an older flagdebt.
	if err := commands.Execute(commands.BuildInfo{Version: "(devel)"}); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(exitcodes.Failure)
	}
}
