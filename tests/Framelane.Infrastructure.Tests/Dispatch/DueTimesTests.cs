using Framelane.Infrastructure.Dispatch;
using Microsoft.Extensions.Time.Testing;

namespace Framelane.Infrastructure.Tests.Dispatch;

public sealed class DueTimesTests
{
    static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    readonly FakeTimeProvider time = new();
    DueTimes due = null!;

    [SetUp]
    public void SetUp() => due = new(time);

    [Test]
    public void The_next_one_is_waited_for_and_no_longer_than_a_poll()
    {
        Assert.That(due.UntilNext(Poll), Is.EqualTo(Poll));
        Add(5);
        Assert.That(due.UntilNext(Poll), Is.EqualTo(Poll));
        Add(0.5);
        Assert.That(due.UntilNext(Poll), Is.GreaterThanOrEqualTo(TimeSpan.FromSeconds(0.5)).And.LessThan(TimeSpan.FromSeconds(0.6)));
    }

    [Test]
    public void Who_wakes_then_finds_it_due_and_it_is_forgotten()
    {
        Add(0.5);
        time.Advance(due.UntilNext(Poll));

        Assert.That(time.GetUtcNow() - time.Start, Is.GreaterThanOrEqualTo(TimeSpan.FromSeconds(0.5)));
        Assert.That(due.UntilNext(Poll), Is.EqualTo(Poll));
    }

    [Test]
    public void Only_one_that_comes_before_all_others_disturbs_a_sleeper()
    {
        Assert.That(Add(3), Is.True);
        Assert.That(Add(4), Is.False);
        Assert.That(Add(3), Is.False);
        Assert.That(Add(2), Is.True);
    }

    [Test]
    public void However_many_come_the_soonest_are_kept()
    {
        for (var i = 10 * DueTimes.Max; i > 0; i--)
            Add(i);

        for (var i = 1; i <= DueTimes.Max; i++)
        {
            Assert.That(due.UntilNext(TimeSpan.MaxValue), Is.LessThan(TimeSpan.FromSeconds(1.1)));
            time.Advance(TimeSpan.FromSeconds(1));
        }

        time.Advance(TimeSpan.FromSeconds(1));
        Assert.That(due.UntilNext(Poll), Is.EqualTo(Poll));
    }

    bool Add(double seconds) => due.Add(time.GetUtcNow() + TimeSpan.FromSeconds(seconds));
}
