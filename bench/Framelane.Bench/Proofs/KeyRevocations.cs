using System.Collections.Concurrent;
using System.Net;
using Framelane.Bench.Load;

namespace Framelane.Bench.Proofs;

/// <summary>API keys that are made, used on all nodes, and revoked while they are in use.</summary>
sealed class KeyRevocations(Tenant tenant, Cluster cluster, Findings findings, int seed)
{
    static readonly TimeSpan CallEvery = TimeSpan.FromMilliseconds(100);

    readonly Random random = new(seed);

    public int Revoked { get; private set; }

    /// <summary>Calls with a key whose revocation had been answered.</summary>
    public int CallsAfter { get; private set; }

    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var made = (await cluster.SendAsync(HttpMethod.Post, "/v1/api-keys", new { name = "Short-lived" }, tenant.ApiKey)).Expect(HttpStatusCode.Created);
            using var enough = new CancellationTokenSource();
            ConcurrentQueue<Answer> calls = new();
            var callers = cluster.Servers.Select(server => CallAsync(server, made.Text("key"), calls, enough.Token)).ToArray();
            await Task.Delay(random.Next(100, 400), CancellationToken.None);
            var revoked = (await cluster.SendAsync(HttpMethod.Delete, $"/v1/api-keys/{made.Text("id")}", null, tenant.ApiKey)).Expect(HttpStatusCode.NoContent);
            await Task.Delay(200, CancellationToken.None);
            await enough.CancelAsync();
            await Task.WhenAll(callers);
            Judge(calls, made, revoked);
        }
    }

    static async Task CallAsync(Server server, string key, ConcurrentQueue<Answer> calls, CancellationToken enough)
    {
        while (!enough.IsCancellationRequested)
        {
            try
            {
                if (server.IsReady)
                    calls.Enqueue(await server.SendAsync(HttpMethod.Get, "/v1/workspace", apiKey: key));
                await Task.Delay(CallEvery, CancellationToken.None);
            }
            catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException or IOException)
            {
                // That node was killed.
            }
        }
    }

    void Judge(IReadOnlyCollection<Answer> calls, Answer made, Answer revoked)
    {
        Revoked++;
        foreach (var call in calls)
        {
            var accepted = call.Status == HttpStatusCode.OK;
            if (call.SentAt >= revoked.AnsweredAt)
            {
                CallsAfter++;
                if (accepted)
                    findings.Add("a revoked key was accepted", Describe(call, made, revoked));
            }
            else if (call.Status == HttpStatusCode.Unauthorized && call.AnsweredAt < revoked.SentAt)
            {
                findings.Add("a live key was refused", Describe(call, made, revoked));
            }
        }
    }

    string Describe(Answer call, Answer made, Answer revoked) =>
        $"workspace {tenant.Number}: made {made.AnsweredAt:HH:mm:ss.ffffff}, revocation sent {revoked.SentAt:HH:mm:ss.ffffff} and answered {revoked.AnsweredAt:HH:mm:ss.ffffff}, "
        + $"call sent {call.SentAt:HH:mm:ss.ffffff} and answered {(int)call.Status} at {call.AnsweredAt:HH:mm:ss.ffffff}";
}
