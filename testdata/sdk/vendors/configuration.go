package vendors

import (
	"flag"

	"github.com/knadh/koanf/v2"
	"github.com/spf13/pflag"
	"github.com/spf13/viper"
)

func configuration(v *viper.Viper, k *koanf.Koanf) {
	on(viper.GetBool("features.new-ui"), v.GetBool("app.feature_flags.x"))    // want read:features.new-ui=false read:app.feature_flags.x=false
	on(v.GetBool("debug"), k.Bool("features.y"), k.Bool("feature-toggles.z")) // want read:features.y=false read:feature-toggles.z=false
	viper.Set("features.new-ui", true)                                        // want override:features.new-ui=true
	v.SetDefault("features.new-ui", false)                                    // want override:features.new-ui=false
	on(k.Set("features.y", true))                                             // want override:features.y=true
}

var standardOption = flag.Bool("feature-std", false, "") // want read:feature-std=false

func commandLine(fs *pflag.FlagSet, std *flag.FlagSet) {
	p := pflag.Bool("feature-p", true, "")            // want read:feature-p=true
	q := fs.BoolP("enable-feature-q", "q", false, "") // want read:enable-feature-q=false
	on(*p, *q, *standardOption)                       // want read:feature-std
	g, _ := fs.GetBool("feature-p")                   // want read:feature-p
	on(g)
	var r, s, t bool
	std.BoolVar(&r, "ff.r", false, "")          // want read:ff.r~=false
	fs.BoolVar(&s, "feature-s", false, "")      // want read:feature-s~=false
	fs.BoolVarP(&t, "feature-t", "t", true, "") // want read:feature-t~=true
	on(r, s, t, fs.Bool("verbose", false, ""))
	on(std.Set("ff.r", "true")) // want override:ff.r=true
}
