using Framelane.Domain.Workspaces;
using Framelane.Infrastructure.Dispatch;
using Framelane.Infrastructure.Rotation;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Framelane.Infrastructure.Tests.Rotation;

public sealed class EpochGateTests
{
    static readonly TimeSpan Lifetime = TimeSpan.FromMilliseconds(100);

    readonly FakeTimeProvider time = new();
    readonly WorkspaceId workspace = WorkspaceId.New(DateTimeOffset.UnixEpoch);
    EpochGate gate;

    public EpochGateTests() => gate = Gate();

    [SetUp]
    public void SetUp() => gate = Gate();

    [Test]
    public void What_was_read_before_a_closing_is_refused_and_what_is_read_after_it_is_not()
    {
        var before = Now();
        Assert.That(gate.IsOpen(workspace, before), Is.True);
        _ = gate.CloseAsync(workspace);
        var after = Now();

        Assert.That(gate.TryEnter(workspace, before, out _), Is.False);
        Assert.That(gate.TryAccept(workspace, 1, before), Is.False);
        Assert.That(gate.IsOpen(workspace, before), Is.False);
        Assert.That(gate.TryEnter(workspace, after, out _), Is.True);
        Assert.That(gate.TryAccept(workspace, 1, after), Is.True);
    }

    [Test]
    public void A_hint_closes_and_the_next_ones_do_not_keep_it_shut()
    {
        var before = Now();
        Assert.That(gate.TryCloseOnHint(workspace), Is.True);
        var after = Now();
        Assert.That(gate.TryCloseOnHint(workspace), Is.False);

        Assert.That(gate.TryEnter(workspace, before, out _), Is.False);
        Assert.That(gate.TryEnter(workspace, after, out _), Is.True);
        time.Advance(Lifetime / 2);
        Assert.That(gate.TryCloseOnHint(workspace), Is.True);
    }

    [Test]
    public void What_was_read_in_the_very_tick_of_a_closing_is_refused()
    {
        _ = gate.CloseAsync(workspace);

        Assert.That(gate.TryEnter(workspace, time.GetTimestamp(), out _), Is.False);
    }

    [Test]
    public void A_read_serves_for_its_lifetime_on_the_monotonic_clock()
    {
        var clocks = new Clocks();
        gate = Gate(clocks, Lifetime);
        var read = clocks.GetTimestamp();
        clocks.Monotonic += Lifetime - TimeSpan.FromTicks(1);
        clocks.Wall = DateTimeOffset.MaxValue;
        Assert.That(gate.TryEnter(workspace, read, out _), Is.True, "A wall clock that is set has no say.");

        clocks.Monotonic += TimeSpan.FromTicks(1);
        Assert.That(gate.TryEnter(workspace, read, out _), Is.False);
        Assert.That(gate.TryAccept(workspace, 1, read), Is.False);
    }

    [Test]
    public async Task A_closing_waits_for_exactly_those_that_are_inside()
    {
        var first = Enter();
        var second = Enter();
        var closing = gate.CloseAsync(workspace);
        var late = Enter();

        first.Leave();
        Assert.That(closing.IsCompleted, Is.False);
        second.Leave();

        await closing.WaitAsync(TimeSpan.FromSeconds(5));
        late.Leave();
    }

    [Test]
    public void An_empty_gate_closes_at_once() => Assert.That(gate.CloseAsync(workspace).IsCompleted, Is.True);

    [Test]
    public async Task A_second_closing_waits_for_the_first_ones_stragglers_too()
    {
        var old = Enter();
        var first = gate.CloseAsync(workspace);
        var young = Enter();
        var second = gate.CloseAsync(workspace);
        var third = gate.CloseAsync(workspace);

        young.Leave();
        Assert.That(second.IsCompleted, Is.False, "The older attempt is still on its way.");
        Assert.That(third.IsCompleted, Is.False);
        old.Leave();

        await Task.WhenAll(first, second, third).WaitAsync(TimeSpan.FromSeconds(5));
    }

    [Test]
    public async Task A_passage_that_is_left_twice_counts_once()
    {
        var twice = Enter();
        var other = Enter();
        var closing = gate.CloseAsync(workspace);

        twice.Leave();
        twice.Leave();
        Assert.That(closing.IsCompleted, Is.False, "Somebody else is still inside.");
        other.Leave();
        await closing.WaitAsync(TimeSpan.FromSeconds(5));

        Assert.That(other.Leave, Throws.Nothing);
        Assert.That(gate.CloseAsync(workspace).IsCompleted, Is.True);
    }

    [Test]
    public void Workspaces_have_gates_of_their_own_but_for_few_that_share_one()
    {
        var inside = Enter();
        var others = Enumerable.Range(0, 1000).Select(_ => WorkspaceId.New(DateTimeOffset.UnixEpoch)).ToList();
        var read = Now();
        var waiting = others.Count(other => !gate.CloseAsync(other).IsCompleted);

        Assert.That(waiting, Is.LessThan(10), "A stripe is one of thousands.");
        Assert.That(others.Count(other => gate.IsOpen(other, read)), Is.Zero);
        Assert.That(gate.IsOpen(workspace, read), Is.EqualTo(waiting == 0));
        inside.Leave();
    }

    /// <summary>
    /// The promise itself: once a closing that came after a commit has completed, nobody is inside, or gets in, on what he read before it.
    /// </summary>
    [Test]
    public async Task Under_load_nobody_enters_on_an_old_read_once_a_closing_has_completed()
    {
        // The lifetime is far too long to be of help here.
        gate = Gate(TimeProvider.System, TimeSpan.FromMinutes(1));
        long epoch = 0, passed = 0, violations = 0, entered = 0;
        using var over = new CancellationTokenSource();

        // Attempts on threads of their own: the closings need the pool's.
        var attempts = Enumerable.Range(0, 3).Select(seed => Task.Factory.StartNew(
            () => ReadAndEnter(seed), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default));
        Task[] all = [.. attempts, .. Enumerable.Range(0, 2).Select(_ => Task.Run(CommitAndClose))];
        await Eventually.HoldsAsync(() => Interlocked.Read(ref entered) > 20_000 && Interlocked.Read(ref passed) > 2_000);
        await over.CancelAsync();
        await Task.WhenAll(all);

        Assert.That(violations, Is.Zero);

        void ReadAndEnter(int seed)
        {
            var random = new Random(seed);
            while (!over.IsCancellationRequested)
            {
                var readStarted = TimeProvider.System.GetTimestamp();
                var read = Interlocked.Read(ref epoch);

                // What was read is used again and again, as a permit is.
                while (!over.IsCancellationRequested && gate.TryEnter(workspace, readStarted, out var passage))
                {
                    Interlocked.Increment(ref entered);
                    Thread.SpinWait(random.Next(200));
                    if (read < Interlocked.Read(ref passed))
                        Interlocked.Increment(ref violations);
                    passage.Leave();
                    Thread.Yield();
                }
            }
        }

        async Task CommitAndClose()
        {
            while (!over.IsCancellationRequested)
            {
                var committed = Interlocked.Increment(ref epoch);
                await gate.CloseAsync(workspace);
                for (var seen = Interlocked.Read(ref passed); seen < committed; seen = Interlocked.Read(ref passed))
                    Interlocked.CompareExchange(ref passed, committed, seen);
                await Task.Yield();
            }
        }
    }

    EpochGate Gate() => Gate(time, Lifetime);

    static EpochGate Gate(TimeProvider time, TimeSpan lifetime) => new(time, Options.Create(new WebhooksOptions { PermitLifetime = lifetime }));

    /// <summary>Each call is a tick later than the one before.</summary>
    long Now()
    {
        time.Advance(TimeSpan.FromTicks(1));
        return time.GetTimestamp();
    }

    sealed class Clocks : TimeProvider
    {
        public DateTimeOffset Wall { get; set; }

        public TimeSpan Monotonic { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => Wall;

        public override long GetTimestamp() => Monotonic.Ticks;
    }

    EpochGate.Passage Enter() => gate.TryEnter(workspace, Now(), out var passage) ? passage : throw new AssertionException("Refused.");
}
