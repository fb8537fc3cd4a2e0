// Package statsig has the shapes of Statsig's core that the catalogue speaks of.
package statsig

type (
	User          struct{}
	Options       struct{}
	FeatureGate   struct{ Value bool }
	DynamicConfig struct{}
	Experiment    struct{}
	Layer         struct{}
	Store         struct{}
	Statsig       struct{}
)

func (*Statsig) CheckGate(u *User, gate string) bool                        { return false }
func (*Statsig) CheckGateWithOptions(u *User, gate string, o *Options) bool { return false }
func (*Statsig) GetFeatureGate(u *User, gate string) FeatureGate            { return FeatureGate{} }
func (*Statsig) GetDynamicConfig(u *User, name string) DynamicConfig        { return DynamicConfig{} }
func (*Statsig) GetExperiment(u *User, name string) Experiment              { return Experiment{} }
func (*Statsig) GetLayerWithOptions(u *User, name string, o *Options) Layer { return Layer{} }
func (*Statsig) GetParameterStore(u *User, name string) Store               { return Store{} }
func (*Statsig) GetExperimentByGroupName(name, group string) Experiment     { return Experiment{} }
func (*Statsig) GetClientInitResponse(u *User) string                       { return "" }
