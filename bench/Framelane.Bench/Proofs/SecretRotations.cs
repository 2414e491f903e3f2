using System.Net;
using Framelane.Bench.Load;

namespace Framelane.Bench.Proofs;

/// <summary>Rotates a workspace's secret again and again: with and without grace, some graces ended early, some nodes killed while they do it.</summary>
/// <param name="killing">With the database that it watches; null where a fleet is broken otherwise, at any moment.</param>
/// <param name="graceShare">Of a hundred rotations, how many have a grace.</param>
/// <param name="pauseAtMost">Between two rotations, in ms.</param>
sealed class SecretRotations(
    Tenant tenant,
    Cluster cluster,
    Pings pings,
    (Killer Killer, Stored Stored)? killing,
    Findings findings,
    int graceShare,
    int seed,
    int pauseAtMost = 120)
{
    readonly Random random = new(seed);
    readonly List<(string Key, DateTimeOffset AnsweredAt)> answered = [];
    int number;

    public int Rotated => answered.Count;

    public int WithGrace { get; private set; }

    public int EndedEarly { get; private set; }

    /// <summary>When each rotation was answered, by its idempotency key.</summary>
    public IReadOnlyList<(string Key, DateTimeOffset AnsweredAt)> Answered => answered;

    public async Task RunAsync(int count, int killEvery)
    {
        while (answered.Count < count)
        {
            await Task.Delay(random.Next(20, pauseAtMost));
            var grace = random.Next(100) < graceShare ? random.Next(1, 4) : 0;
            if (killing is var (killer, stored) && random.Next(killEvery) == 0 && killer.TryTake())
                await RotateKilledAsync(killer, stored, grace);
            else
                await RotateAsync(grace);
            if (grace == 0 || random.Next(3) > 0)
                continue;
            await Task.Delay(random.Next(400));
            var answer = (await cluster.SendAsync(HttpMethod.Delete, "/v1/workspace/previous-secret", null, tenant.ApiKey)).Expect(HttpStatusCode.NoContent);
            tenant.Secrets.Add(Keys.Only(tenant.Secrets.Last.Current), answer.SentAt, answer.AnsweredAt, "grace ended early");
            EndedEarly++;
        }
    }

    /// <remarks>
    /// Every other one goes without a key: nothing is written between its barrier and its answer, which then comes as early as it can.
    /// Nobody kills the node meanwhile, so it is answered at the first time. Where anything may break at any moment each has a key, and is
    /// repeated until it is answered.
    /// </remarks>
    async Task RotateAsync(int grace)
    {
        var key = NextKey();
        var sentKey = killing is null || random.Next(2) == 0 ? key : null;
        Learn(key, await pings.AroundAsync(tenant, () => SendAsync(sentKey, grace)), grace, "rotated");
    }

    async Task<Answer> SendAsync(string? key, int grace)
    {
        var sentAt = DateTimeOffset.UtcNow;
        Answer answer;
        while ((answer = await cluster.SendAsync(HttpMethod.Post, Path, Body(grace), tenant.ApiKey, key)).Status == HttpStatusCode.Conflict)
            await Task.Delay(200);
        return answer.Expect(HttpStatusCode.OK) with { SentAt = sentAt };
    }

    async Task RotateKilledAsync(Killer killer, Stored stored, int grace)
    {
        var key = NextKey();
        var before = stored.Rotations(tenant.WorkspaceId);
        var killed = await killer.SendAsync(
            server => server.SendAsync(HttpMethod.Post, Path, Body(grace), key, tenant.ApiKey),
            () => stored.Rotations(tenant.WorkspaceId) > before);
        var first = await pings.AroundAsync(tenant, () => cluster.SendAsync(HttpMethod.Post, Path, Body(grace), tenant.ApiKey, key));
        if (first.Status == HttpStatusCode.Conflict && !killed.Committed)
        {
            // The key is leased to the dead for up to a minute, as the contract says.
            await RotateAsync(grace);
            return;
        }

        first.Expect(HttpStatusCode.OK);
        var how = killed.Answer is null ? $"rotated by a node that was killed {(killed.Committed ? "after" : "before")} the commit" : "rotated by a node that was killed after";
        Learn(key, first with { SentAt = killed.SentAt, AnsweredAt = killed.Answer?.AnsweredAt ?? first.AnsweredAt }, grace, how);
        var second = (await cluster.SendAsync(HttpMethod.Post, Path, Body(grace), tenant.ApiKey, key)).Expect(HttpStatusCode.OK);
        if (new[] { killed.Answer, second }.Any(answer => answer is not null && answer.Text("secret") != first.Text("secret")))
            findings.Add("another secret on a retry", $"{key} in workspace {tenant.Number}", tenant.Secrets.Around(first.SentAt, first.AnsweredAt));
        if (stored.Rotations(tenant.WorkspaceId) != before + 1)
            findings.Add("a second rotation on a retry", $"{key} in workspace {tenant.Number}", tenant.Secrets.Around(first.SentAt, first.AnsweredAt));
    }

    string Path => $"/v1/webhooks/{tenant.SteadyWebhooks[0]}/rotate-secret";

    static object? Body(int grace) => grace == 0 ? null : new { grace_period_seconds = grace };

    string NextKey() => $"rotation {tenant.Number}-{number++}";

    void Learn(string key, Answer answer, int grace, string how)
    {
        var current = tenant.Verifier.Add(answer.Text("secret"));
        var period = TimeSpan.FromSeconds(grace);
        var keys = grace == 0
            ? Keys.Only(current)
            : new Keys(current, tenant.Secrets.Last.Current, answer.SentAt + period, answer.AnsweredAt + period);
        tenant.Secrets.Add(keys, answer.SentAt, answer.AnsweredAt, how);
        answered.Add((key, answer.AnsweredAt));
        WithGrace += Math.Sign(grace);
    }
}
