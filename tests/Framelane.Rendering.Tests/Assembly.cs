// NUnit shares one instance between the tests of a class unless it is told not to.
[assembly: FixtureLifeCycle(LifeCycle.InstancePerTestCase)]

// Most of a test's time is a media program's.
[assembly: Parallelizable(ParallelScope.Fixtures)]
