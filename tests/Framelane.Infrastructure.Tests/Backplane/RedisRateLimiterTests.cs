using Framelane.Application.Abstractions;
using Framelane.Infrastructure.Backplane;
using Framelane.Infrastructure.Tests.Dispatch;
using Framelane.Infrastructure.Tests.Persistence;
using Moq;

namespace Framelane.Infrastructure.Tests.Backplane;

public sealed class RedisRateLimiterTests
{
    static readonly RatePartition Workspace = new(RateKind.Workspace, "ws_1");
    static readonly RatePartition Address = new(RateKind.Address, "2001:db8::/64");

    /// <summary>What the process's own limiter says, so that it is known who was asked.</summary>
    static readonly RateQuota Own = new(true, 7, 3, TimeSpan.FromSeconds(9));

    readonly SqliteDatabase database = new();
    readonly RedisServer redis = new();
    readonly List<DispatchHost> hosts = [];

    [TearDown]
    public async Task Stop()
    {
        foreach (var host in hosts)
            await host.DisposeAsync();
        redis.Dispose();
        database.Dispose();
    }

    [Test]
    public async Task A_window_lets_its_limit_through_and_no_more()
    {
        var limiter = await StartAsync();
        for (var left = 2; left >= 0; left--)
            Expect(await TakeAsync(limiter, 3), true, left);
        Expect(await TakeAsync(limiter, 3), false, 0);
        Expect(await TakeAsync(limiter, 3), false, 0);
    }

    [Test]
    public async Task Two_processes_share_one_count()
    {
        var (one, other) = (await StartAsync(), await StartAsync());

        var quotas = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => TakeAsync(i % 2 == 0 ? one : other, 50)));

        Assert.That(quotas.Count(quota => quota.Allowed), Is.EqualTo(50));
    }

    [Test]
    public async Task Looking_counts_nothing()
    {
        var limiter = await StartAsync();
        Assert.That(await limiter.PeekAsync(Workspace, 2, default), Is.EqualTo(new RateQuota(true, 2, 2, TimeSpan.Zero)));
        await TakeAsync(limiter, 2);
        for (var i = 0; i < 5; i++)
            Expect(await limiter.PeekAsync(Workspace, 2, default), true, 1);
        await TakeAsync(limiter, 2);
        Expect(await limiter.PeekAsync(Workspace, 2, default), false, 0);
    }

    [Test]
    public async Task Kinds_and_keys_are_counted_apart()
    {
        var limiter = await StartAsync();
        await TakeAsync(limiter, 1);

        Expect(await limiter.TakeAsync(Workspace with { Key = "ws_2" }, 1, default), true, 0);
        Expect(await limiter.TakeAsync(Workspace with { Kind = RateKind.Address }, 1, default), true, 0);
        Expect(await limiter.TakeAsync(Address, 1, default), true, 0);
        Expect(await limiter.TakeAsync(Address, 1, default), false, 0);
    }

    [Test]
    public async Task After_the_window_the_whole_limit_is_there_again()
    {
        var limiter = await StartAsync();
        await TakeAsync(limiter, 2);
        await using var somebody = await redis.ConnectAsync();
        await somebody.GetDatabase().KeyExpireAsync("framelane:limit:Workspace:ws_1", TimeSpan.FromMilliseconds(1));

        await Eventually.HoldsAsync(async () => (await limiter.PeekAsync(Workspace, 2, default)).Remaining == 2);
        Expect(await TakeAsync(limiter, 2), true, 1);
    }

    [TestCase("none of a number")]
    [TestCase("5")]
    public async Task A_count_that_nobody_ends_is_begun_anew(string stored)
    {
        var limiter = await StartAsync();
        await using var somebody = await redis.ConnectAsync();
        await somebody.GetDatabase().StringSetAsync("framelane:limit:Workspace:ws_1", stored);

        Expect(await TakeAsync(limiter, 2), true, 1);
    }

    [Test]
    public async Task While_Redis_is_away_the_process_counts_for_itself_and_then_together_again()
    {
        var limiter = await StartAsync();
        await TakeAsync(limiter, 5);

        redis.Kill();
        await Eventually.HoldsAsync(async () => await TakeAsync(limiter, 5) == Own);
        Assert.That(await limiter.PeekAsync(Workspace, 5, default), Is.EqualTo(Own));

        await redis.RestartAsync();
        await Eventually.HoldsAsync(async () => (await limiter.PeekAsync(Workspace, 5, default)).Limit == 5);
        Expect(await TakeAsync(limiter, 5), true, 4);
    }

    [Test]
    public async Task Of_a_paused_Redis_no_request_waits_long_and_the_next_not_at_all()
    {
        var limiter = await StartAsync();
        await TakeAsync(limiter, 5);
        redis.Pause();

        Assert.That(await TakeAsync(limiter, 5), Is.EqualTo(Own));
        await Eventually.HoldsAsync(() => !hosts[0].Get<IBackplane>().IsConnected);
        for (var i = 0; i < 1000; i++)
        {
            var asked = limiter.TakeAsync(Workspace, 5, default);
            Assert.That(asked.IsCompleted, Is.True);
            Assert.That(await asked, Is.EqualTo(Own));
        }

        redis.Resume();
        await Eventually.HoldsAsync(async () => (await limiter.PeekAsync(Workspace, 5, default)).Limit == 5);
    }

    static void Expect(RateQuota quota, bool allowed, int remaining)
    {
        Assert.That((quota.Allowed, quota.Remaining), Is.EqualTo((allowed, remaining)));
        Assert.That(quota.Reset, Is.GreaterThan(TimeSpan.Zero).And.LessThanOrEqualTo(TimeSpan.FromMinutes(1)));
    }

    static async Task<RateQuota> TakeAsync(IRateLimiter limiter, int limit) => await limiter.TakeAsync(Workspace, limit, default);

    async Task<IRateLimiter> StartAsync()
    {
        var host = await DispatchHost.StartAsync(database, _ => { }, ("Framelane:Roles", "api"), ("Framelane:Redis:ConnectionString", redis.ConnectionString));
        hosts.Add(host);
        await Eventually.HoldsAsync(() => host.Get<IBackplane>().IsConnected);
        var own = new Mock<IRateLimiter>();
        own.SetReturnsDefault(new ValueTask<RateQuota>(Own));
        return host.Get<IServiceProvider>().ShareRateLimits(own.Object);
    }
}
