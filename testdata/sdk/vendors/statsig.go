package vendors

import "github.com/statsig-io/go-sdk"

func statsigGates(c *statsig.Client, u statsig.User) {
	on(statsig.CheckGate(u, "gate"), c.CheckGateWithExposureLoggingDisabled(u, "quiet"))         // want read:gate=false read:quiet=false
	on(statsig.GetGate(u, "gate").Value, c.GetGateWithExposureLoggingDisabled(u, "quiet").Value) // want read:gate=false read:quiet=false
	e := statsig.GetExperiment(u, "exp")                                                         // want read:exp
	on(e.GetBool("on", false), e.GetString("color", "red"))                                      // want read:exp.on=false read:exp.color=red
	l := c.GetLayerWithOptions(u, "layer", nil)                                                  // want read:layer
	on(l.GetNumber("n", 2), l.GetSlice("s", nil), l.GetMap("m", nil))                            // want read:layer.n=2 read:layer.s read:layer.m
	cfg := c.GetConfig(u, "config")                                                              // want read:config
	on(cfg.GetBool("on", true))                                                                  // want read:config.on=true
	name, _ := c.GetExperimentLayer("exp")                                                       // want read:exp~
	on(name, c.GetClientInitializeResponse(u, "", false))                                        // want bulk:*
}

func statsigTests(c *statsig.Client) {
	statsig.OverrideGate("gate", true)  // want override:gate=true
	c.OverrideConfig("config", nil)     // want override:config
	statsig.OverrideLayer("layer", nil) // want override:layer
}
