// NUnit shares one instance between the tests of a class unless it is told not to.
[assembly: FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
