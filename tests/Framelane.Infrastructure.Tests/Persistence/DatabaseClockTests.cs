using Framelane.Infrastructure.Persistence;
using Microsoft.Extensions.Time.Testing;

namespace Framelane.Infrastructure.Tests.Persistence;

public sealed class DatabaseClockTests
{
    static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    readonly JumpingClock machine = new(Noon);
    readonly DatabaseClock clock;

    public DatabaseClockTests() => clock = new(machine);

    [Test]
    public void Until_it_is_set_it_is_the_machine_s() => Assert.That(clock.GetUtcNow(), Is.EqualTo(Noon));

    [TestCase(5)]
    [TestCase(-5)]
    public async Task It_is_the_database_s_once_it_is_set_and_goes_on_from_there(int minutes)
    {
        await SetAsync(TimeSpan.FromMinutes(minutes));
        Assert.That(clock.GetUtcNow(), Is.EqualTo(Noon.AddMinutes(minutes)));
        machine.Advance(TimeSpan.FromSeconds(7));
        Assert.That(clock.GetUtcNow(), Is.EqualTo(Noon.AddMinutes(minutes).AddSeconds(7)));
    }

    [Test]
    public async Task The_reading_is_taken_to_be_from_the_middle_of_the_call()
    {
        await SetAsync(TimeSpan.Zero, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2));
        Assert.That(clock.GetUtcNow(), Is.EqualTo(machine.GetUtcNow()));
        await SetAsync(TimeSpan.Zero, TimeSpan.FromSeconds(4), TimeSpan.Zero);
        Assert.That(machine.GetUtcNow() - clock.GetUtcNow(), Is.EqualTo(TimeSpan.FromSeconds(-2)).Or.EqualTo(TimeSpan.FromSeconds(2)), "wrong by half a call");
    }

    [TestCase(0)]
    [TestCase(2)]
    [TestCase(4)]
    public async Task Of_several_calls_the_shortest_counts(int shortest)
    {
        var call = 0;
        await clock.SetAsync(
            _ =>
            {
                machine.Advance(call == shortest ? TimeSpan.Zero : TimeSpan.FromMilliseconds(400));
                var theirs = machine.GetUtcNow().AddMinutes(3);
                machine.Advance(call++ == shortest ? TimeSpan.FromMilliseconds(2) : TimeSpan.Zero);
                return Task.FromResult(theirs);
            },
            CancellationToken.None);
        Assert.That((clock.GetUtcNow() - machine.GetUtcNow() - TimeSpan.FromMinutes(3)).Duration(), Is.LessThanOrEqualTo(TimeSpan.FromMilliseconds(1)));
    }

    [TestCase(3)]
    [TestCase(-3)]
    public async Task A_machine_clock_that_jumps_moves_nothing(int hours)
    {
        await SetAsync(TimeSpan.FromMinutes(1));
        machine.Jump(TimeSpan.FromHours(hours));
        machine.Advance(TimeSpan.FromSeconds(7));
        Assert.That(clock.GetUtcNow(), Is.EqualTo(Noon.AddMinutes(1).AddSeconds(7)));
    }

    [TestCase(3)]
    [TestCase(-3)]
    public async Task A_machine_clock_that_jumps_in_the_midst_of_a_reading_moves_nothing(int hours)
    {
        var theirs = Noon;
        await clock.SetAsync(
            _ =>
            {
                machine.Advance(TimeSpan.FromSeconds(2));
                machine.Jump(TimeSpan.FromHours(hours));
                return Task.FromResult(theirs = theirs.AddSeconds(2));
            },
            CancellationToken.None);
        Assert.That(clock.GetUtcNow(), Is.EqualTo(theirs).Within(TimeSpan.FromSeconds(1)));
    }

    [Test]
    public async Task A_duration_takes_no_notice_of_jumps_and_settings()
    {
        var started = clock.GetTimestamp();
        machine.Advance(TimeSpan.FromSeconds(3));
        machine.Jump(TimeSpan.FromHours(-2));
        await SetAsync(TimeSpan.FromHours(1));
        Assert.That(clock.GetElapsedTime(started), Is.EqualTo(TimeSpan.FromSeconds(3)));
    }

    [Test]
    public async Task A_reading_that_fails_leaves_it_as_it_was()
    {
        await SetAsync(TimeSpan.FromMinutes(5));
        Assert.That(() => clock.SetAsync(_ => throw new TimeoutException(), CancellationToken.None), Throws.InstanceOf<TimeoutException>());
        Assert.That(clock.GetUtcNow(), Is.EqualTo(Noon.AddMinutes(5)));
    }

    [Test]
    public void A_timer_is_the_machine_s()
    {
        var fired = 0;
        using var timer = clock.CreateTimer(_ => fired++, null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        machine.Advance(TimeSpan.FromSeconds(1));
        Assert.That(fired, Is.EqualTo(1));
    }

    Task SetAsync(TimeSpan ahead, TimeSpan? there = null, TimeSpan? back = null) => clock.SetAsync(
        _ =>
        {
            machine.Advance(there ?? TimeSpan.Zero);
            var theirs = machine.GetUtcNow() + ahead;
            machine.Advance(back ?? TimeSpan.Zero);
            return Task.FromResult(theirs);
        },
        CancellationToken.None);

    /// <summary>A machine whose wall clock somebody sets; what is monotonic goes on.</summary>
    sealed class JumpingClock(DateTimeOffset start) : FakeTimeProvider(start)
    {
        TimeSpan jumped;

        public void Jump(TimeSpan by) => jumped += by;

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + jumped;

        public override long GetTimestamp() => (base.GetUtcNow() - Noon).Ticks;
    }
}
