using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Framelane.Bench.Load;

/// <summary>Notes when each event first arrived at each endpoint. One endpoint can be told never to answer.</summary>
sealed class ArrivalSink(int endpoints) : IAsyncDisposable
{
    readonly ConcurrentDictionary<string, long[]> arrivals = new();
    TaskCompletionSource? silence;
    Sink? sink;
    long count;
    long silentCount;

    /// <summary>The endpoint that falls silent.</summary>
    public const int Silent = 0;

    /// <summary>First arrivals at all the others.</summary>
    public long Count => Volatile.Read(ref count);

    public long SilentCount => Volatile.Read(ref silentCount);

    public static async Task<ArrivalSink> StartAsync(int endpoints)
    {
        var arrivals = new ArrivalSink(endpoints);
        arrivals.sink = await Sink.StartAsync(arrivals.ReceiveAsync);
        return arrivals;
    }

    public string UrlOf(int endpoint) => sink!.UrlOf($"/{endpoint}");

    /// <summary>From now on the one endpoint reads what it gets and says nothing.</summary>
    public void FallSilent() => Volatile.Write(ref silence, new(TaskCreationOptions.RunContinuationsAsynchronously));

    /// <summary>It answers again, those too who still wait.</summary>
    public void Answer() => Interlocked.Exchange(ref silence, null)?.SetResult();

    /// <summary>When the event arrived at each of the others; what has not arrived is left out.</summary>
    public IEnumerable<long> At(string eventId) =>
        arrivals.TryGetValue(eventId, out var at) ? at.Where((moment, endpoint) => endpoint != Silent && moment > 0) : [];

    public void Clear()
    {
        arrivals.Clear();
        (count, silentCount) = (0, 0);
    }

    public async ValueTask DisposeAsync()
    {
        Answer();
        await sink!.DisposeAsync();
    }

    async Task ReceiveAsync(HttpContext context)
    {
        var now = Stopwatch.GetTimestamp();
        var endpoint = int.Parse(context.Request.Path.Value.AsSpan(1), CultureInfo.InvariantCulture);
        var at = arrivals.GetOrAdd(context.Request.Headers["webhook-id"].ToString(), _ => new long[endpoints]);
        if (Interlocked.CompareExchange(ref at[endpoint], now, 0) == 0)
            Interlocked.Increment(ref endpoint == Silent ? ref silentCount : ref count);
        await context.Request.Body.CopyToAsync(Stream.Null);
        if (endpoint == Silent && Volatile.Read(ref silence) is { } silent)
            await silent.Task.WaitAsync(context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}
