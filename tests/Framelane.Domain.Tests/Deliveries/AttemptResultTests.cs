using Framelane.Domain.Deliveries;

namespace Framelane.Domain.Tests.Deliveries;

public sealed class AttemptResultTests
{
    [Test]
    public void IsGone_IsA410ThatWasReadToItsEnd()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(AttemptResult.Answered(410).IsGone, Is.True);
            Assert.That(AttemptResult.Answered(404).IsGone, Is.False);
            Assert.That(new AttemptResult(410, "timeout", null).IsGone, Is.False);
        }
    }

    [TestCase(429, ExpectedResult = true)]
    [TestCase(503, ExpectedResult = true)]
    [TestCase(200, ExpectedResult = false)]
    [TestCase(500, ExpectedResult = false)]
    public bool AsksToWait_IsA429Or503WithRetryAfter(int status)
    {
        Assert.That(AttemptResult.Answered(status).AsksToWait, Is.False, "no Retry-After");
        Assert.That(new AttemptResult(status, "timeout", TimeSpan.FromSeconds(1)).AsksToWait, Is.False, "no answer");
        return AttemptResult.Answered(status, TimeSpan.FromSeconds(1)).AsksToWait;
    }

    [Test]
    public void Failed_HasAReasonAndNoStatus() => Assert.That(AttemptResult.Failed("timeout"), Is.EqualTo(new AttemptResult(null, "timeout", null)));
}
