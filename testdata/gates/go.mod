module example.com/gates

go 1.26

require (
	k8s.io/apimachinery v0.0.0
	k8s.io/component-base v0.0.0
)

replace (
	k8s.io/apimachinery => ./stub/apimachinery
	k8s.io/component-base => ./stub/component-base
)
