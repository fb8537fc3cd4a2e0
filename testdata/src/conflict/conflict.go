// Package conflict asks for a flag that two registries disagree about. Nope: that is
// nothing about a package; flagdebt check tells it where it stands.
package conflict

import "github.com/Unleash/unleash-client-go/v4"

func asked() bool { return unleash.IsEnabled("disputed") }
