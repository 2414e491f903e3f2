using Framelane.Infrastructure.Dispatch;
using Framelane.Infrastructure.Telemetry;
using Microsoft.Extensions.Logging;

namespace Framelane.Infrastructure.Tests.Dispatch;

public sealed class AttemptTelemetryTests
{
    const string Trace = "0af7651916cd43dd8448eb211c80319c";

    [TestCase(0)]
    [TestCase(1)]
    public async Task An_attempt_that_was_given_up_unsent_is_counted(int times)
    {
        var refusals = 0L;
        var metrics = TestMetrics.Heard("framelane.barrier.refusals", count => Interlocked.Add(ref refusals, count), out var listener);
        using var heard = listener;
        using var receiver = new Receiver();
        await using var host = await SenderHost.StartAsync(receiver.Url, metrics: metrics);
        host.SpoilPermits(times);

        await host.SendAsync();

        Assert.That(refusals, Is.EqualTo(times));
    }

    [Test]
    public void Measuring_an_attempt_allocates_nothing()
    {
        var signatures = 0L;
        var metrics = TestMetrics.Heard("framelane.signatures", count => signatures += count, out var listener);
        using var heard = listener;
        var recorded = new RecordOutcome(0, [], new(1, 0, 0));
        Measure();
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < 1000; i++)
            Measure();

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
        Assert.That(signatures, Is.EqualTo(2002));

        void Measure()
        {
            metrics.Started(TimeSpan.FromMilliseconds(3), TimeSpan.FromMilliseconds(9), 2);
            metrics.Ended(TimeSpan.FromMilliseconds(20));
            metrics.Recorded(recorded);
        }
    }

    [TestCase($"00-{Trace}-00f067aa0ba902b7-00", $"TraceId:{Trace}, SpanId:00f067aa0ba902b7")]
    [TestCase(null, null)]
    public async Task What_is_logged_of_an_attempt_names_its_trace(string? parent, string? scope)
    {
        await using var host = new SenderHost();
        var delivery = host.Claim(trace: parent);
        var logger = new Scopes();

        using (AttemptSpan.BeginScope(logger, delivery))
            Assert.That(logger.Begun, Is.EqualTo(scope));
    }

    sealed class Scopes : ILogger
    {
        public string? Begun { get; private set; }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            Begun = state.ToString();
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
        }
    }
}
