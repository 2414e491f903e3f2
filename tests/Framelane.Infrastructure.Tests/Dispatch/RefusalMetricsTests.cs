namespace Framelane.Infrastructure.Tests.Dispatch;

public sealed class RefusalMetricsTests
{
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
}
