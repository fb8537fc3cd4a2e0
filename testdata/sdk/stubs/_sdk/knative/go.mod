module knative.dev/serving

go 1.26
