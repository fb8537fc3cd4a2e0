package vendors

import "github.com/Flagsmith/flagsmith-go-client/v4"

func flagsmithFlags(f flagsmith.Flags) {
	a, err := f.IsFeatureEnabled("plain") // want read:plain
	on(a, err)
	g, _ := f.GetFlag("flag") // want read:flag
	on(g.Enabled, g.Value)
	v, _ := f.GetFeatureValue("plain") // want read:plain~
	on(v, f.AllFlags())                // want bulk:*
}
