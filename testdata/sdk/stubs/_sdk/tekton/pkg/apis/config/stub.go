// Package config has the shapes of Tekton that the catalogue speaks of.
package config

type FeatureFlags struct {
	DisableCredsInit                 bool
	RunningInEnvWithInjectedSidecars bool
	EnableAPIFields                  string
	EnableCELInWhenExpression        bool
	MaxResultSize                    int
}

type Config struct{ FeatureFlags *FeatureFlags }
