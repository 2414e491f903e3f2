using Framelane.Domain.Workspaces;
using Framelane.Infrastructure.Dispatch;

namespace Framelane.Infrastructure.Tests.Dispatch;

public sealed class LaneTests
{
    static readonly TimeSpan Fast = TimeSpan.FromMilliseconds(1);
    static readonly TimeSpan Slow = TimeSpan.FromSeconds(5);

    readonly Lane lane = new("a", WorkspaceId.New(DateTimeOffset.UtcNow), 8);

    [Test]
    public void It_claims_in_few_large_claims_rather_than_in_many_small_ones()
    {
        Assert.That(lane.Room, Is.EqualTo(8));
        Add(4);
        Assert.That((lane.RunsLow, lane.Room), Is.EqualTo((true, 4)));
        Add(2);
        Assert.That((lane.RunsLow, lane.Room), Is.EqualTo((false, 2)), "filled where another lane runs low");
        Add(1);
        Assert.That((lane.RunsLow, lane.Room), Is.EqualTo((false, 0)));
    }

    [Test]
    public void A_fast_receiver_is_claimed_for_ahead_up_to_a_limit()
    {
        int[] rooms = [.. Enumerable.Range(0, 7).Select(_ =>
        {
            Run(Fast);
            return lane.Room;
        })];

        Assert.That(rooms, Is.EqualTo([16, 32, 64, 128, 256, 512, 512]));
    }

    [Test]
    public void What_waits_is_what_the_receiver_takes_in_a_quarter_of_a_second()
    {
        for (var i = 0; i < 5; i++)
            Run(TimeSpan.FromMilliseconds(50));
        Assert.That(lane.Room, Is.EqualTo(8 * 5));
    }

    [Test]
    public void Behind_a_slow_receiver_little_waits()
    {
        Run(Fast);
        Run(Fast);
        Run(Slow);
        Assert.That(lane.Room, Is.EqualTo(8));
    }

    [Test]
    public void What_was_not_sent_tells_nothing_of_the_receiver()
    {
        Run(Fast);
        Run(null);
        Assert.That(lane.Room, Is.EqualTo(16));
    }

    [Test]
    public void It_is_idle_when_nothing_waits_and_nothing_runs()
    {
        Assert.That(lane.IsIdle);
        Add(1);
        Assert.That((lane.IsIdle, lane.CanRun), Is.EqualTo((false, true)));
        lane.Start();
        Assert.That((lane.IsIdle, lane.CanRun), Is.EqualTo((false, false)));
        lane.End(Fast);
        Assert.That(lane.IsIdle);
    }

    void Add(int count)
    {
        for (var i = 0; i < count; i++)
            lane.Add(Claimed.In(lane.WorkspaceId, "a"));
    }

    void Run(TimeSpan? took)
    {
        Add(1);
        lane.Start();
        lane.End(took);
    }
}
