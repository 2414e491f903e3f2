using Assembly = System.Reflection.Assembly;

namespace Framelane.Architecture.Tests;

public sealed class ClockTests
{
    static readonly Assembly[] Source = Layers.Source;

    [TestCaseSource(nameof(Source))]
    public void NothingButATimeProvider_ReadsTheClock(Assembly assembly) =>
        Assert.That(Rules.NotReadTheClock(Layers.Types(assembly)).Violations(), Is.Empty);

    [TestCase(typeof(Samples.ReadsUtcNow), "DateTimeOffset::get_UtcNow")]
    [TestCase(typeof(Samples.ReadsLocalNow), "DateTime::get_Now")]
    [TestCase(typeof(Samples.ReadsTheClockInAnAsyncMethod), "DateTime::get_UtcNow")]
    [TestCase(typeof(Samples.ReadsTheClockInALambda), "DateTimeOffset::get_Now")]
    [TestCase(typeof(Samples.ReadsTheClockInAnIterator), "DateTime::get_Today")]
    [TestCase(typeof(Samples.ReadsTheClockInAnInitializer), "DateTimeOffset::get_UtcNow")]
    public void NothingButATimeProvider_IsSeenToFail(Type sample, string offence) =>
        Assert.That(Rules.NotReadTheClock(Layers.Sample(sample)).Violations(), Has.One.Contains(offence));
}
