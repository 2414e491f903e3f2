using Framelane.Domain.Workspaces;
using Framelane.Infrastructure.Dispatch;
using Microsoft.Extensions.Options;

namespace Framelane.Infrastructure.Tests.Dispatch;

public sealed class LanesTests
{
    static readonly TimeSpan Fast = TimeSpan.FromMilliseconds(1);
    static readonly TimeSpan Slow = TimeSpan.FromSeconds(5);

    readonly WorkspaceId one = WorkspaceId.New(DateTimeOffset.UtcNow);
    readonly WorkspaceId two = WorkspaceId.New(DateTimeOffset.UtcNow);

    [Test]
    public void A_lane_runs_no_more_than_its_share_and_keeps_its_order()
    {
        var lanes = NewLanes(perEndpoint: 2);
        var added = Add(lanes, one, "a", 3);

        Assert.That(Started(lanes, 3), Is.EqualTo([added[0], added[1], null]));
        lanes.End(added[1], Fast);
        Assert.That(Started(lanes, 2), Is.EqualTo([added[2], null]));
    }

    [Test]
    public void All_lanes_together_run_no_more_than_the_process_may()
    {
        var lanes = NewLanes(overall: 3);
        Add(lanes, one, "a", 2);
        Add(lanes, two, "b", 2);

        Assert.That(lanes.FreePlaces, Is.EqualTo(3));
        Assert.That(Started(lanes, 4).Count(started => started is null), Is.EqualTo(1));
        Assert.That(lanes.FreePlaces, Is.Zero);
    }

    [Test]
    public void Workspaces_take_turns_and_within_one_its_lanes()
    {
        var lanes = NewLanes();
        Add(lanes, one, "a", 4);
        Add(lanes, one, "b", 2);
        Add(lanes, two, "c", 3);

        Assert.That(Started(lanes, 9).Select(started => started!.Lane), Is.EqualTo("acbcacbaa".Select(lane => lane.ToString())));
    }

    [Test]
    public void A_lane_whose_places_are_taken_is_passed_over_until_one_is_free()
    {
        var lanes = NewLanes(perEndpoint: 1);
        var dead = Add(lanes, one, "dead", 3);
        Add(lanes, one, "alive", 3);
        Assert.That(lanes.TryStart(), Is.SameAs(dead[0]));

        for (var i = 0; i < 3; i++)
        {
            var started = lanes.TryStart()!;
            Assert.That(started.Lane, Is.EqualTo("alive"));
            lanes.End(started, Fast);
        }

        Assert.That(lanes.TryStart(), Is.Null);
        lanes.End(dead[0], Slow);
        Assert.That(lanes.TryStart(), Is.SameAs(dead[1]));
    }

    [TestCase(4, 4)]
    [TestCase(8, 7)]
    [TestCase(64, 56)]
    [TestCase(256, 224)]
    public void A_workspace_that_is_alone_takes_nearly_all_places_and_the_next_starts_at_once(int overall, int taken)
    {
        var lanes = NewLanes(overall);
        AddLanes(lanes, one, 100, 8);
        Assert.That(Started(lanes, overall), Has.Exactly(taken).Not.Null);

        var added = Add(lanes, two, "two", 1);

        Assert.That(lanes.TryStart(), Is.EqualTo(taken < overall ? added[0] : null));
    }

    [Test]
    public void However_many_workspaces_take_what_they_can_one_more_starts_at_once([Values(1, 2, 3, 4, 5, 6)] int greedy)
    {
        var lanes = NewLanes();
        for (var i = 0; i < greedy; i++)
        {
            AddLanes(lanes, WorkspaceId.New(DateTimeOffset.UtcNow), 100, 8);
            Assert.That(lanes.TryStart(), Is.Not.Null);
            Started(lanes, 256);
        }

        var added = Add(lanes, two, "two", 1);

        Assert.That(lanes.TryStart(), Is.EqualTo(greedy < 6 ? added[0] : null));
    }

    [Test]
    public void When_all_that_ran_has_ended_once_there_is_room_again([Values(2, 7, 50)] int greedy)
    {
        var lanes = NewLanes();
        Queue<ClaimedDelivery> running = [];
        for (var i = 0; i < greedy; i++)
        {
            AddLanes(lanes, WorkspaceId.New(DateTimeOffset.UtcNow), 100, 8);
            Start();
            for (var left = running.Count; left > 0; left--)
            {
                lanes.End(running.Dequeue(), Slow);
                Start();
            }
        }

        var added = Add(lanes, two, "two", 1);

        Assert.That(lanes.TryStart(), Is.SameAs(added[0]));
        Assert.That(running, Has.Count.InRange(224, 254));

        void Start()
        {
            while (lanes.TryStart() is { } started)
                running.Enqueue(started);
        }
    }

    [Test]
    public void Who_has_too_many_goes_on_when_others_are_done()
    {
        var lanes = NewLanes(overall: 64);
        AddLanes(lanes, one, 100, 8);
        var first = Started(lanes, 64)[0]!;
        var others = Add(lanes, two, "two", 3);
        Assert.That(Started(lanes, 4), Is.EqualTo([.. others, null]));

        lanes.End(first, Slow);
        Assert.That(lanes.CanStart, Is.False);
        foreach (var other in others)
            lanes.End(other, Slow);
        Assert.That(lanes.CanStart, Is.True);
        Assert.That(Started(lanes, 64), Has.Exactly(1).Not.Null);
    }

    [Test]
    public void An_end_lets_its_own_workspace_go_on_beside_one_that_had_too_many()
    {
        var lanes = NewLanes(overall: 16, perEndpoint: 2);
        Add(lanes, two, "two", 4);
        var other = lanes.TryStart()!;
        lanes.TryStart();
        AddLanes(lanes, one, 100, 1);
        Assert.That(Started(lanes, 16), Has.Exactly(13).Not.Null);

        lanes.End(other, Fast);

        Assert.That(lanes.TryStart()!.WorkspaceId, Is.EqualTo(one));
        Assert.That(lanes.CanStart, Is.True);
        Assert.That(lanes.TryStart()!.WorkspaceId, Is.EqualTo(two));
        Assert.That(lanes.CanStart, Is.False);
    }

    [Test]
    public void A_lane_that_empties_and_fills_again_takes_its_turn_once()
    {
        var lanes = NewLanes();
        for (var i = 0; i < 3; i++)
        {
            Add(lanes, one, "a", 1);
            var started = lanes.TryStart()!;
            Add(lanes, one, "a", 1);
            lanes.End(started, Fast);
            lanes.End(lanes.TryStart()!, Fast);
            Assert.That(lanes.TryStart(), Is.Null);
        }
    }

    [Test]
    public void Room_is_shared_between_workspaces_evenly()
    {
        var lanes = NewLanes();
        var flood = Enumerable.Range(0, 1000).Select(i => new DueLane($"flood{i}", one));

        var claims = lanes.Share([.. flood, new("alone", two)]);

        Assert.That(claims.Single(claim => claim.Lane == "alone").Count, Is.EqualTo(8));
        Assert.That(claims.Sum(claim => claim.Count), Is.LessThanOrEqualTo(Lanes.MaxWaiting));
    }

    [Test]
    public void Who_has_nothing_waiting_is_let_in_however_much_others_have_claimed()
    {
        var lanes = NewLanes(perEndpoint: 3);
        Add(lanes, one, "flood", Lanes.MaxWaiting);

        Assert.That(lanes.Share([new("more", one), new("alone", two)]), Is.EqualTo([new LaneClaim("alone", 3)]));
        Add(lanes, two, "alone", 3);
        Assert.That(lanes.Share([new("more", one), new("again", two)]), Is.Empty);
    }

    [Test]
    public void Nobody_has_more_waiting_than_half_of_what_the_others_leave()
    {
        var lanes = NewLanes();
        Add(lanes, one, "silent", Lanes.MaxWaiting / 2);
        Add(lanes, two, "some", 1);

        var claims = lanes.Share([.. Enumerable.Range(0, 1000).Select(i => new DueLane($"more{i}", one)), new("again", two)]);

        Assert.That(claims, Is.EqualTo([new LaneClaim("again", 8)]));
    }

    [Test]
    public void Those_who_come_at_once_leave_as_much_as_each_of_them_has()
    {
        var claims = NewLanes().Share([.. Enumerable.Range(0, 1000).SelectMany(i => new[] { new DueLane($"one{i}", one), new DueLane($"two{i}", two) })]);

        int Of(string workspace) => claims.Where(claim => claim.Lane.StartsWith(workspace, StringComparison.Ordinal)).Sum(claim => claim.Count);
        Assert.That((Of("one"), Of("two")), Is.EqualTo((Lanes.MaxWaiting / 3, Lanes.MaxWaiting / 3)).Within(1));
    }

    [Test]
    public void Newcomers_alone_are_those_who_have_nothing_waiting()
    {
        var lanes = NewLanes(perEndpoint: 3);
        Add(lanes, one, "some", 1);

        Assert.That(lanes.Share([new("more", one), new("alone", two)], newcomers: true), Is.EqualTo([new LaneClaim("alone", 3)]));
        Add(lanes, two, "alone", 3);
        Assert.That(lanes.Share([new("more", one), new("again", two)], newcomers: true), Is.Empty);
        Assert.That(lanes.Share([new("more", one), new("again", two)]), Has.Count.EqualTo(2));
    }

    [Test]
    public void A_lane_that_runs_low_asks_for_no_more_while_there_is_plenty()
    {
        var lanes = NewLanes(perEndpoint: 1);
        var low = Add(lanes, one, "low", 2);
        lanes.TryStart();
        Assert.That(lanes.End(low[0], Fast), Is.True);
        lanes.TryStart();
        Add(lanes, two, "flood", Lanes.MaxWaiting / 2);

        Assert.That(lanes.HasPlenty, Is.True);
        Assert.That(lanes.End(low[1], Fast), Is.False);
    }

    [Test]
    public void What_waits_is_given_back_and_what_runs_ends()
    {
        var lanes = NewLanes(perEndpoint: 1);
        var added = Add(lanes, one, "a", 3);
        lanes.TryStart();

        Assert.That(lanes.Clear(), Is.EqualTo(added.Skip(1)));
        Assert.That(lanes.TryStart(), Is.Null);
        Assert.That(lanes.FreePlaces, Is.Zero);
        lanes.End(added[0], Fast);
        Assert.That(lanes.Clear(), Is.Empty);
    }

    static Lanes NewLanes(int overall = 256, int perEndpoint = 8) =>
        new(Options.Create(new WebhooksOptions { MaxConcurrency = overall, MaxConcurrencyPerEndpoint = perEndpoint }));

    static ClaimedDelivery[] Add(Lanes lanes, WorkspaceId workspace, string lane, int count)
    {
        ClaimedDelivery[] added = [.. Enumerable.Range(0, count).Select(_ => Claimed.In(workspace, lane))];
        lanes.Add(added);
        return added;
    }

    static void AddLanes(Lanes lanes, WorkspaceId workspace, int count, int each)
    {
        for (var i = 0; i < count; i++)
            Add(lanes, workspace, $"{workspace}/{i}", each);
    }

    static ClaimedDelivery?[] Started(Lanes lanes, int count) => [.. Enumerable.Range(0, count).Select(_ => lanes.TryStart())];
}
