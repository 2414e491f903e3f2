using System.Net;
using Framelane.Api.Conventions.RateLimiting;
using Framelane.Application.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Framelane.Api.Tests.Unit;

public sealed class MemoryRateLimiterTests
{
    static readonly RatePartition Workspace = new(RateKind.Workspace, "ws_1");

    readonly FakeTimeProvider time = new();

    MemoryRateLimiter limiter = null!;

    [SetUp]
    public void SetUp() => limiter = new(time);

    [Test]
    public async Task A_window_lets_its_limit_through_and_no_more()
    {
        for (var left = 2; left >= 0; left--)
            Assert.That(await TakeAsync(Workspace, 3), Is.EqualTo(new RateQuota(true, 3, left, TimeSpan.FromMinutes(1))));

        time.Advance(TimeSpan.FromSeconds(20));

        Assert.That(await TakeAsync(Workspace, 3), Is.EqualTo(new RateQuota(false, 3, 0, TimeSpan.FromSeconds(40))));
    }

    [Test]
    public async Task After_the_window_the_whole_limit_is_there_again()
    {
        await TakeAsync(Workspace, 1);
        time.Advance(TimeSpan.FromMinutes(1));

        Assert.That(await TakeAsync(Workspace, 1), Is.EqualTo(new RateQuota(true, 1, 0, TimeSpan.FromMinutes(1))));
    }

    [Test]
    public async Task Looking_counts_nothing()
    {
        await TakeAsync(Workspace, 2);
        for (var i = 0; i < 5; i++)
            Assert.That((await limiter.PeekAsync(Workspace, 2, default)).Remaining, Is.EqualTo(1));
    }

    [Test]
    public async Task Kinds_and_keys_are_counted_apart()
    {
        await TakeAsync(Workspace, 1);

        Assert.Multiple(async () =>
        {
            Assert.That((await TakeAsync(Workspace with { Key = "ws_2" }, 1)).Allowed, Is.True);
            Assert.That((await TakeAsync(new(RateKind.Address, "ws_1"), 1)).Allowed, Is.True);
            Assert.That((await TakeAsync(Workspace, 1)).Allowed, Is.False);
        });
    }

    [Test]
    public async Task Many_at_once_take_no_more_than_the_limit()
    {
        var quotas = await Task.WhenAll(Enumerable.Range(0, 1000).Select(_ => Task.Run(() => TakeAsync(Workspace, 100).AsTask())));

        Assert.That(quotas.Count(quota => quota.Allowed), Is.EqualTo(100));
    }

    [Test]
    public async Task Memory_is_bounded_and_workspaces_are_not_crowded_out()
    {
        for (var i = 0; i < MemoryRateLimiter.MaxAddresses + 500; i++)
            await TakeAsync(new(RateKind.Address, $"{i}"), 100);

        Assert.Multiple(async () =>
        {
            Assert.That(limiter.Count, Is.LessThanOrEqualTo(MemoryRateLimiter.MaxAddresses + 2));
            Assert.That((await TakeAsync(new(RateKind.Address, "one more"), 100)).Allowed, Is.False, "newcomers share one window");
            Assert.That((await TakeAsync(Workspace, 100)).Remaining, Is.EqualTo(99));
        });
    }

    [Test]
    public async Task Windows_that_are_over_are_swept()
    {
        for (var i = 0; i < 1000; i++)
            await TakeAsync(new(RateKind.Address, $"{i}"), 1);
        time.Advance(TimeSpan.FromMinutes(1));
        await TakeAsync(Workspace, 1);

        Assert.That(limiter.Count, Is.EqualTo(1));
    }

    [TestCase("192.0.2.1", "192.0.2.1")]
    [TestCase("::ffff:192.0.2.1", "192.0.2.1")]
    [TestCase("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    [TestCase("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64")]
    public void One_subscriber_is_one_client(string address, string key) =>
        Assert.That(ClientKey.Of(IPAddress.Parse(address)), Is.EqualTo(key));

    ValueTask<RateQuota> TakeAsync(RatePartition partition, int limit) => limiter.TakeAsync(partition, limit, default);
}
