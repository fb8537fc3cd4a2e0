package stubs

import (
	tekton "github.com/tektoncd/pipeline/pkg/apis/config"
	knative "knative.dev/serving/pkg/apis/config"
)

func configMaps(k *knative.Features, t *tekton.Config) {
	on(k.PodSpecAffinity == knative.Enabled, k.MultiContainer != knative.Disabled)          // want read:kubernetes.podspec-affinity read:multi-container
	on(t.FeatureFlags.EnableAPIFields == "alpha", t.FeatureFlags.EnableCELInWhenExpression) // want read:enable-api-fields read:enable-cel-in-whenexpression
	on(t.FeatureFlags.MaxResultSize)
}
