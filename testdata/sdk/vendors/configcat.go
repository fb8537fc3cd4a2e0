package vendors

import (
	"github.com/configcat/go-sdk/v9"
	"github.com/configcat/go-sdk/v9/configcattest"
)

var (
	catFlag   = configcat.Bool("object", true) // want declare:object=true
	catString = configcat.String("text", "a")  // want declare:text=a
	catInt    = configcat.Int("number", 1)     // want declare:number=1
	catFloat  = configcat.Float("ratio", 0.5)  // want declare:ratio=0.5
)

func configCat(c *configcat.Client, s *configcat.Snapshot, u configcat.User) {
	on(c.GetBoolValue("plain", false, u), c.GetStringValue("plain", "x", u))                         // want read:plain=false read:plain=x
	on(c.GetBoolValueDetails("details", true, u).Value, c.GetIntValueDetails("details", 1, u).Value) // want read:details=true read:details=1
	on(s.GetValue("snapshot"), s.GetValueDetails("snapshot").Value)                                  // want read:snapshot read:snapshot
	on(catFlag.Get(s), catString.Get(s), catInt.Get(s), catFloat.Get(s))                             // want read:object read:text read:number read:ratio
	on(catFlag.GetWithDetails(s).Value, catFlag.GetValue(s), catFlag.GetValueDetails(s).Value)       // want read:object read:object read:object
	on(c.GetAllKeys(), s.GetAllValues(), c.GetAllValueDetails(u))                                    // want bulk:* bulk:* bulk:*
	k, v := s.GetKeyValueForVariationID("x")                                                         // want bulk:*
	on(k, v)
}

func configCatTests(h *configcattest.Handler) {
	on(h.SetFlags("sdk", map[string]*configcattest.Flag{
		"faked": {Default: true}, // want override:faked=true
	}))
	s, _ := configcat.NewSnapshot(nil, map[string]any{"faked": false}) // want override:faked=false
	on(s)
	on(configcat.NewCustomClient(configcat.Config{
		FlagOverrides: &configcat.FlagOverrides{
			Behavior: configcat.LocalOnly,
			Values: map[string]any{
				"faked": true, // want override:faked=true
				"text":  "b",  // want override:text=b
			},
		},
	}))
	on(configcat.FlagOverrides{FilePath: "flags.json"})
}
