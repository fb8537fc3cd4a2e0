// Package evaluation has the shapes of Flipt's requests that the catalogue speaks of.
package evaluation

type (
	EvaluationRequest         struct{ NamespaceKey, FlagKey, EntityId string }
	BatchEvaluationRequest    struct{ Requests []*EvaluationRequest }
	BooleanEvaluationResponse struct{ Enabled bool }
	VariantEvaluationResponse struct {
		Match      bool
		VariantKey string
	}
	BatchEvaluationResponse struct{}
)

func (r *BooleanEvaluationResponse) GetEnabled() bool      { return r.Enabled }
func (r *VariantEvaluationResponse) GetVariantKey() string { return r.VariantKey }
