package vendors

import (
	"context"

	"github.com/caarlos0/env/v11"
	"github.com/kelseyhightower/envconfig"
	"github.com/knadh/koanf/v2"
	sethvargo "github.com/sethvargo/go-envconfig"
	"github.com/spf13/viper"
)

// caarlos is filled by github.com/caarlos0/env.
type caarlos struct {
	Plain bool `env:"FEATURE_PLAIN" envDefault:"true"`
	Shop  struct {
		Cart bool `env:"CART"`
		Port int  `env:"FEATURE_PORT"`
	} `envPrefix:"FEATURE_"`
	App struct {
		Menu bool `env:"ENABLE_MENU"`
	} `envPrefix:"APP_"`
}

func fillCaarlos() {
	var c caarlos
	on(env.Parse(&c))
	on(c.Plain, c.Shop.Cart, c.Shop.Port, c.App.Menu) // want read:FEATURE_PLAIN=true read:FEATURE_CART read:FEATURE_FEATURE_PORT read:APP_ENABLE_MENU
}

func fillCaarlosWithOptions() {
	var c struct {
		A bool `env:"FEATURE_A"`
	}
	on(env.ParseWithOptions(&c, env.Options{Prefix: "APP_"}))
	on(c.A) // want read:APP_FEATURE_A
}

type caarlosAs struct {
	A bool `env:"FEATURE_A" envDefault:"false"`
}

func fillCaarlosAs() {
	c, err := env.ParseAs[caarlosAs]()
	on(c.A, err) // want read:FEATURE_A=false
}

type caarlosAsWith struct {
	A bool `env:"FEATURE_A"`
}

func fillCaarlosAsWithOptions() {
	c, err := env.ParseAsWithOptions[caarlosAsWith](env.Options{Prefix: "AS_"})
	on(c.A, err) // want read:AS_FEATURE_A
}

type seth struct {
	A   bool `env:"FEATURE_A, default=true"`
	App *struct {
		B bool `env:"FEATURE_B"`
	} `env:", prefix=APP_"`
}

func fillSethvargo(ctx context.Context) {
	var c seth
	on(sethvargo.Process(ctx, &c))
	on(c.A, c.App.B) // want read:FEATURE_A read:APP_FEATURE_B
}

type kelsey struct {
	Tagged        bool `envconfig:"FEATURE_TAGGED" default:"true"`
	EnableNewUI   bool `split_words:"true"`
	EnableUnsplit bool
	Shop          struct {
		Cart bool `envconfig:"enable_cart"`
	}
	kelseyEmbedded
}

type kelseyEmbedded struct {
	UseMenu bool `split_words:"true"`
}

func fillKelsey() {
	var c kelsey
	on(envconfig.Process("app", &c))
	on(c.Tagged, c.EnableNewUI, c.EnableUnsplit, c.Shop.Cart, c.UseMenu) // want read:APP_FEATURE_TAGGED=true read:APP_ENABLE_NEW_UI read:APP_SHOP_ENABLE_CART read:APP_USE_MENU
}

type viperConfig struct {
	Debug    bool
	Features struct {
		NewUI    bool `mapstructure:"new_ui"`
		Untagged bool
	}
	Shop viperShop `mapstructure:"shop,omitempty"`
}

type viperShop struct {
	Toggles      viperToggles `mapstructure:"feature_toggles"`
	viperToggles `mapstructure:",squash"`
}

type viperToggles struct {
	Cart bool `mapstructure:"cart"`
}

func fillViper(v *viper.Viper) {
	var c, d viperConfig
	on(v.Unmarshal(&c), viper.UnmarshalExact(&d))
	on(c.Debug, c.Features.NewUI, d.Features.Untagged, c.Shop.Toggles.Cart, c.Shop.viperToggles.Cart) // want read:features.new_ui read:features.untagged read:shop.feature_toggles.cart
}

type viperFeatures struct {
	Search bool `mapstructure:"search"`
}

func fillViperKey() {
	var f viperFeatures
	on(viper.UnmarshalKey("app.features", &f))
	on(f.Search) // want read:app.features.search
}

type koanfFeatures struct {
	Search bool `koanf:"search"`
	Other  bool
}

func fillKoanf(k *koanf.Koanf) {
	var f koanfFeatures
	on(k.Unmarshal("features", &f))
	on(f.Search, f.Other) // want read:features.search
}
