using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Framelane.Bench.Common;
using Framelane.Bench.Load;
using Framelane.Domain.Workspaces;
using Framelane.Infrastructure.Persistence;
using Framelane.Infrastructure.Persistence.Sqlite;
using Framelane.Infrastructure.Signing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Framelane.Bench.Speed;

/// <summary>
/// The process <c>bare</c>: for each line it signs and posts the bodies of a backlog to the same endpoints with the same headers, so many
/// at a time, and stores nothing. It can write them down first, one as JSON a line.
/// </summary>
static class BareProcess
{
    public static async Task<int> RunAsync(Arguments args)
    {
        var (folder, concurrency, lines) = (args.Text("backlog"), args.Number("concurrency", 64), args.Text("lines", ""));
        args.Done();
        var deliveries = await LoadAsync(folder);
        if (lines.Length > 0)
            await File.WriteAllLinesAsync(lines, deliveries.Select(LineOf));
        var signer = new Signer(new(SigningSecret.Generate()), null);
        while (await Console.In.ReadLineAsync() is not null)
        {
            using var http = new HttpMessageInvoker(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false, ActivityHeadersPropagator = null });
            var next = -1;
            var before = Environment.CpuUsage.TotalTime;
            var began = Stopwatch.GetTimestamp();
            await Task.WhenAll(Enumerable.Range(0, concurrency).Select(_ => Task.Run(async () =>
            {
                int mine;
                while ((mine = Interlocked.Increment(ref next)) < deliveries.Count)
                    await PostAsync(http, signer, deliveries[mine]);
            })));
            var took = Stopwatch.GetElapsedTime(began);
            var cpu = Environment.CpuUsage.TotalTime - before;
            Console.WriteLine(JsonSerializer.Serialize(new BareRun(deliveries.Count / took.TotalSeconds, cpu / took)));
        }

        return 0;
    }

    /// <summary>For a sender that reads no database.</summary>
    static string LineOf(Stored delivery) => JsonSerializer.Serialize(new
    {
        id = delivery.Id,
        eventId = delivery.EventId,
        type = delivery.EventType,
        url = delivery.Url,
        body = Encoding.UTF8.GetString(delivery.Body),
    });

    static async Task PostAsync(HttpMessageInvoker http, Signer signer, Stored delivery)
    {
        var signed = signer.Sign(delivery.EventId, DateTimeOffset.UtcNow.ToUnixTimeSeconds(), delivery.Body);
        using var request = new HttpRequestMessage(HttpMethod.Post, delivery.Url)
        {
            Version = HttpVersion.Version11,
            Content = new ByteArrayContent(delivery.Body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
        };
        request.Headers.TryAddWithoutValidation("User-Agent", "Framelane-Webhooks/0.1.0");
        request.Headers.TryAddWithoutValidation("Framelane-Event", delivery.EventType);
        request.Headers.TryAddWithoutValidation("Framelane-Delivery", delivery.Id);
        request.Headers.TryAddWithoutValidation("Framelane-Attempt", "1");
        request.Headers.TryAddWithoutValidation("webhook-id", delivery.EventId);
        request.Headers.TryAddWithoutValidation("webhook-timestamp", signed.Timestamp);
        request.Headers.TryAddWithoutValidation("Framelane-Signature", signed.Framelane);
        request.Headers.TryAddWithoutValidation("webhook-signature", signed.Standard);
        using var response = await http.SendAsync(request, CancellationToken.None);
        if (!response.IsSuccessStatusCode)
            throw new InvalidOperationException($"The sink answered {(int)response.StatusCode}.");
    }

    static async Task<List<Stored>> LoadAsync(string folder)
    {
        using var host = await Composition.BuildAsync(folder, []);
        using var connection = new SqliteConnections((SqliteProvider)host.Services.GetRequiredService<IDatabaseProvider>()).Open();
        List<Stored> deliveries = [];
        using (var rows = new SqliteStatement(connection, """
            SELECT d.id, d.event_id, d.event_type, w.url, e.body
            FROM deliveries d JOIN events e ON e.id = d.event_id JOIN webhooks w ON w.id = d.webhook_id
            ORDER BY d.next_attempt_at
            """))
        {
            while (rows.Read())
                deliveries.Add(new(rows.Text(0), rows.Text(1), rows.Text(2), new(rows.Text(3)), rows.Bytes(4)));
        }

        SqliteConnection.ClearAllPools();
        return deliveries;
    }

    sealed record Stored(string Id, string EventId, string EventType, Uri Url, byte[] Body);
}

/// <param name="Rate">Deliveries a second.</param>
/// <param name="Cores">Busy in this process, in the mean.</param>
sealed record BareRun(double Rate, double Cores);
