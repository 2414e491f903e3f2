using CsCheck;
using Framelane.Domain.Deliveries;

namespace Framelane.Domain.Tests.Deliveries;

public sealed class RetryScheduleTests
{
    static readonly DateTimeOffset End = Given.Start;
    static readonly AttemptResult ServerError = AttemptResult.Answered(500);

    /// <summary>The contract's waits: 0 s, 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h.</summary>
    static readonly int[] Waits = [0, 5, 300, 1800, 7200, 18_000, 36_000, 50_400];

    [Test]
    public void Default_HasEightAttempts() => Assert.That(RetrySchedule.Default.Attempts, Is.EqualTo(8));

    [Test]
    public void Judge_AFailureWithoutJitter_WaitsExactlyTheNextWait([Range(0, 6)] int step) => Assert.That(
        RetrySchedule.Default.Judge(ServerError, step, oneShot: false, End, jitter: 0),
        Is.EqualTo(new Verdict(AttemptStatus.Failed, End.AddSeconds(Waits[step + 1]))));

    [Test]
    public void Judge_AFailureWithHalfTheJitter_WaitsFivePercentLonger([Range(0, 6)] int step) => Assert.That(
        RetrySchedule.Default.Judge(ServerError, step, oneShot: false, End, jitter: 0.5).NextAttemptAt,
        Is.EqualTo(End + TimeSpan.FromMilliseconds(Waits[step + 1] * 1050)));

    [Test]
    public void Judge_AFailureWithAllButAllTheJitter_WaitsAtMostTenPercentLonger([Range(0, 6)] int step)
    {
        var wait = RetrySchedule.Default.Judge(ServerError, step, oneShot: false, End, Math.BitDecrement(1)).NextAttemptAt - End;

        Assert.That(wait, Is.InRange(TimeSpan.FromMilliseconds(Waits[step + 1] * 1099), TimeSpan.FromMilliseconds(Waits[step + 1] * 1100)));
    }

    [Test]
    public void Judge_AFailureOfTheLastAttempt_GivesUp() => Assert.That(
        RetrySchedule.Default.Judge(ServerError, step: 7, oneShot: false, End, 0),
        Is.EqualTo(new Verdict(AttemptStatus.DeadLettered, null)));

    [Test]
    public void Judge_AFailureBeyondTheLastAttempt_GivesUp() => Assert.That(
        new RetrySchedule([TimeSpan.Zero]).Judge(ServerError, step: 5, oneShot: false, End, 0), Is.EqualTo(Verdict.GiveUp),
        "a delivery may have begun under a longer schedule");

    [TestCase(200)]
    [TestCase(204)]
    [TestCase(299)]
    public void Judge_ATwoHundred_IsASuccess(int status) => Assert.That(
        RetrySchedule.Default.Judge(AttemptResult.Answered(status), step: 7, oneShot: true, End, 0),
        Is.EqualTo(new Verdict(AttemptStatus.Succeeded, null)));

    [TestCase(100)]
    [TestCase(199)]
    [TestCase(300)]
    [TestCase(301)]
    [TestCase(400)]
    [TestCase(404)]
    [TestCase(409)]
    [TestCase(411)]
    [TestCase(429)]
    [TestCase(500)]
    [TestCase(503)]
    public void Judge_AnyOtherAnswer_IsTriedAgain(int status) => Assert.That(
        RetrySchedule.Default.Judge(AttemptResult.Answered(status), 0, oneShot: false, End, 0), Is.EqualTo(Verdict.RetryAt(End.AddSeconds(5))));

    [Test]
    public void Judge_NoAnswer_IsTriedAgain() => Assert.That(
        RetrySchedule.Default.Judge(AttemptResult.Failed("timeout"), 0, oneShot: false, End, 0), Is.EqualTo(Verdict.RetryAt(End.AddSeconds(5))));

    [Test]
    public void Judge_AStatusWhoseAnswerBrokeOff_IsNoSuccess() => Assert.That(
        RetrySchedule.Default.Judge(new(200, "timeout", null), 0, oneShot: false, End, 0), Is.EqualTo(Verdict.RetryAt(End.AddSeconds(5))));

    [Test]
    public void Judge_Gone_GivesUpAtOnce() => Assert.That(
        RetrySchedule.Default.Judge(AttemptResult.Answered(410), step: 0, oneShot: false, End, 0), Is.EqualTo(Verdict.GiveUp));

    [Test]
    public void Judge_AOneShotThatFailed_GivesUpAtOnce() => Assert.That(
        RetrySchedule.Default.Judge(ServerError, step: 0, oneShot: true, End, 0), Is.EqualTo(Verdict.GiveUp));

    [Test]
    public void Judge_AOneShotThatIsAskedToWait_GivesUpAllTheSame() => Assert.That(
        RetrySchedule.Default.Judge(AttemptResult.Answered(503, TimeSpan.FromSeconds(60)), 0, oneShot: true, End, 0), Is.EqualTo(Verdict.GiveUp));

    [Test]
    public void Judge_TheLastAttemptThatIsAskedToWait_GivesUpAllTheSame() => Assert.That(
        RetrySchedule.Default.Judge(AttemptResult.Answered(429, TimeSpan.FromSeconds(60)), 7, oneShot: false, End, 0), Is.EqualTo(Verdict.GiveUp));

    [TestCase(429)]
    [TestCase(503)]
    public void Judge_RetryAfterLongerThanTheSchedule_IsHonouredToTheSecond(int status) => Assert.That(
        After(status, TimeSpan.FromSeconds(61)), Is.EqualTo(TimeSpan.FromSeconds(61)), "without jitter: it was asked for");

    [TestCase(400)]
    [TestCase(500)]
    [TestCase(502)]
    [TestCase(504)]
    public void Judge_RetryAfterOnAnyOtherStatus_IsIgnored(int status) =>
        Assert.That(After(status, TimeSpan.FromSeconds(61)), Is.EqualTo(TimeSpan.FromSeconds(5)));

    [TestCase(0)]
    [TestCase(-60)]
    [TestCase(4)]
    public void Judge_RetryAfterShorterThanTheSchedule_DoesNotHastenIt(int seconds) =>
        Assert.That(After(429, TimeSpan.FromSeconds(seconds)), Is.EqualTo(TimeSpan.FromSeconds(5)));

    [Test]
    public void Judge_RetryAfterWithinTheJitter_LeavesTheJitter() => Assert.That(
        RetrySchedule.Default.Judge(AttemptResult.Answered(429, TimeSpan.FromSeconds(5.1)), 0, oneShot: false, End, 0.5).NextAttemptAt,
        Is.EqualTo(End.AddSeconds(5.25)));

    [Test]
    public void Judge_RetryAfterOfADay_IsHonoured() => Assert.That(After(503, TimeSpan.FromHours(24)), Is.EqualTo(TimeSpan.FromHours(24)));

    [Test]
    public void Judge_RetryAfterOfMoreThanADay_IsADay()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(After(503, TimeSpan.FromHours(24) + TimeSpan.FromSeconds(1)), Is.EqualTo(TimeSpan.FromHours(24)));
            Assert.That(After(503, TimeSpan.MaxValue), Is.EqualTo(TimeSpan.FromHours(24)));
        }
    }

    [Test]
    public void Judge_RetryAfterWhereTheScheduleWaitsLongerThanADay_IsNeverShorterThanTheSchedule()
    {
        var slow = new RetrySchedule([TimeSpan.Zero, TimeSpan.FromHours(48)]);

        var verdict = slow.Judge(AttemptResult.Answered(503, TimeSpan.FromHours(72)), 0, oneShot: false, End, 0);

        Assert.That(verdict.NextAttemptAt, Is.EqualTo(End.AddHours(48)));
    }

    [Test]
    public void Judge_AnyFailureThatIsTriedAgain_WaitsAtLeastTheScheduleAndAtMostADayOrTheJitterMore()
    {
        var failures = Gen.Select(
            Gen.Int[0, 30 * 24 * 3600],
            Gen.OneOf(300, 404, 429, 500, 503),
            Gen.Int[-10, 30 * 24 * 3600].Nullable(),
            Gen.Double[0, 0.999999]);

        failures.Sample((wait, status, retryAfter, jitter) =>
        {
            var scheduled = TimeSpan.FromSeconds(wait);
            var result = AttemptResult.Answered(status, retryAfter is { } seconds ? TimeSpan.FromSeconds(seconds) : null);

            var waited = new RetrySchedule([TimeSpan.Zero, scheduled]).Judge(result, 0, oneShot: false, End, jitter).NextAttemptAt - End;

            var longest = scheduled * 1.1 > TimeSpan.FromHours(24) ? scheduled * 1.1 : TimeSpan.FromHours(24);
            Assert.That(waited, Is.InRange(scheduled, status is 429 or 503 ? longest : scheduled * 1.1));
        });
    }

    [Test]
    public void ASchedule_IsOneOrMoreWaitsOfUpToThirtyDays()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => new RetrySchedule([]), Throws.ArgumentException);
            Assert.That(() => new RetrySchedule([TimeSpan.Zero, TimeSpan.FromTicks(-1)]), Throws.ArgumentException);
            Assert.That(() => new RetrySchedule([TimeSpan.FromDays(30) + TimeSpan.FromTicks(1)]), Throws.ArgumentException);
            Assert.That(new RetrySchedule([TimeSpan.FromDays(30)]).Attempts, Is.EqualTo(1));
        }
    }

    [Test]
    public void ASchedule_KeepsTheWaitsItWasMadeOf()
    {
        var waits = new List<TimeSpan> { TimeSpan.Zero, TimeSpan.FromSeconds(5) };
        var schedule = new RetrySchedule(waits);

        waits[1] = TimeSpan.FromDays(1);

        Assert.That(schedule.Judge(ServerError, 0, oneShot: false, End, 0), Is.EqualTo(Verdict.RetryAt(End.AddSeconds(5))));
    }

    [TestCase(DeliveryState.Succeeded)]
    [TestCase(DeliveryState.DeadLettered)]
    [TestCase(DeliveryState.EndpointDisabled)]
    [TestCase(DeliveryState.Cancelled)]
    public void Within_ADeliveryThatWasEndedMeanwhile_ThereIsNoNextAttempt(DeliveryState state) =>
        Assert.That(Verdict.RetryAt(End).Within(state), Is.EqualTo(Verdict.GiveUp));

    [Test]
    public void Within_APendingDelivery_AndForAVerdictWithoutNextAttempt_ItStays()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Verdict.RetryAt(End).Within(DeliveryState.Pending), Is.EqualTo(Verdict.RetryAt(End)));
            Assert.That(Verdict.Success.Within(DeliveryState.Cancelled), Is.EqualTo(Verdict.Success), "what was taken was taken");
            Assert.That(Verdict.GiveUp.Within(DeliveryState.Pending), Is.EqualTo(Verdict.GiveUp));
        }
    }

    static TimeSpan? After(int status, TimeSpan retryAfter) =>
        RetrySchedule.Default.Judge(AttemptResult.Answered(status, retryAfter), 0, oneShot: false, End, jitter: 0).NextAttemptAt - End;
}
