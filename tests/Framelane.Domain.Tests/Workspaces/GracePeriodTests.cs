using Framelane.Domain.Workspaces;

namespace Framelane.Domain.Tests.Workspaces;

public sealed class GracePeriodTests
{
    [TestCase(0)]
    [TestCase(1)]
    [TestCase(604_800)]
    public void OfSeconds_UpToAWeek_LastsThatLong(int seconds)
    {
        var grace = GracePeriod.OfSeconds(seconds);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(grace.Seconds, Is.EqualTo(seconds));
            Assert.That(grace.Duration, Is.EqualTo(new TimeSpan(0, 0, seconds)));
        }
    }

    [TestCase(-1)]
    [TestCase(604_801)]
    [TestCase(int.MinValue)]
    [TestCase(int.MaxValue)]
    public void OfSeconds_Outside_IsRefused(int seconds) =>
        Assert.That(() => GracePeriod.OfSeconds(seconds), Throws.InstanceOf<ArgumentOutOfRangeException>());

    [Test]
    public void None_IsZeroSeconds() => Assert.That(GracePeriod.None, Is.EqualTo(GracePeriod.OfSeconds(0)));
}
