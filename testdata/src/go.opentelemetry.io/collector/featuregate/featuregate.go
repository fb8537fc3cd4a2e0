// Package featuregate is a stub of the OpenTelemetry collector's feature gates.
package featuregate

// Stage is how far a gate has come.
type Stage int8

// The stages.
const (
	StageAlpha Stage = iota
	StageBeta
	StageStable
	StageDeprecated
)

// Gate is a registered gate.
type Gate struct {
	id      string
	stage   Stage
	enabled bool
}

// ID returns the gate's name.
func (g *Gate) ID() string { return g.id }

// IsEnabled asks for the gate.
func (g *Gate) IsEnabled() bool { return g.enabled }

// Stage returns how far the gate has come.
func (g *Gate) Stage() Stage { return g.stage }

// RegisterOption is an option of Register.
type RegisterOption interface{ apply(*Gate) }

type none struct{}

func (none) apply(*Gate) {}

// WithRegisterDescription says what the gate is for.
func WithRegisterDescription(description string) RegisterOption { return none{} }

// WithRegisterReferenceURL says where to read on.
func WithRegisterReferenceURL(referenceURL string) RegisterOption { return none{} }

// WithRegisterFromVersion says from when on there is a gate.
func WithRegisterFromVersion(fromVersion string) RegisterOption { return none{} }

// WithRegisterToVersion says when the gate is to be gone.
func WithRegisterToVersion(toVersion string) RegisterOption { return none{} }

// Registry knows gates.
type Registry struct{}

// GlobalRegistry returns the registry of the process.
func GlobalRegistry() *Registry { return &Registry{} }

// NewRegistry returns a registry of its own.
func NewRegistry() *Registry { return &Registry{} }

// MustRegister makes a gate.
func (r *Registry) MustRegister(id string, stage Stage, opts ...RegisterOption) *Gate {
	return &Gate{id: id, stage: stage}
}

// Register makes a gate.
func (r *Registry) Register(id string, stage Stage, opts ...RegisterOption) (*Gate, error) {
	return r.MustRegister(id, stage, opts...), nil
}

// Set sets a gate.
func (r *Registry) Set(id string, enabled bool) error { return nil }

// VisitAll calls fn with every gate.
func (r *Registry) VisitAll(fn func(*Gate)) {}
