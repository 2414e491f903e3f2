using System.Net;
using Framelane.Application.Abstractions;
using Framelane.Application.Common;
using Framelane.Infrastructure.Configuration;
using Framelane.Infrastructure.Outbound;
using Microsoft.Extensions.Options;

namespace Framelane.Infrastructure.Media;

/// <summary>Follows redirects by hand, so that each hop is judged as the first URL was, and gives up on what is too large or too slow.</summary>
sealed class SourceFetcher(GuardedConnector connector, IWebhookUrlPolicy policy, IOptions<MediaOptions> options, TimeProvider time)
    : ISourceFetcher, IDisposable
{
    const int MaxRedirects = 5;

    /// <summary>Until the head of an answer is there.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    static readonly string UserAgent = $"Framelane-Media/{typeof(SourceFetcher).Assembly.GetName().Version?.ToString(3)}";

    readonly HttpClient http = new(OutboundHttp.CreateHandler(connector)) { Timeout = Timeout.InfiniteTimeSpan };

    public async Task<FetchedSource> FetchAsync(string url, string folder, string partition, long? room, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.Value.MaxJobDuration, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            using var response = await FollowAsync(url, partition, stop.Token);
            return await SaveAsync(response, Path.Combine(folder, Guid.NewGuid().ToString("N")), room, stop.Token);
        }
        catch (OperationCanceledException failure) when (!cancellationToken.IsCancellationRequested)
        {
            throw SourceFaults.TooSlow(failure);
        }
    }

    public void Dispose() => http.Dispose();

    async Task<HttpResponseMessage> FollowAsync(string url, string partition, CancellationToken cancellationToken)
    {
        for (var redirects = 0; redirects <= MaxRedirects; redirects++)
        {
            if (await policy.CheckAsync(url, partition, cancellationToken) is { } refusal)
                throw SourceFaults.Refused(refusal);

            var response = await AskAsync(new Uri(url), partition, cancellationToken);
            if (response.StatusCode == HttpStatusCode.OK)
                return response;
            using (response)
                url = NextOf(response)?.AbsoluteUri ?? throw SourceFaults.Status(response.StatusCode);
        }

        throw SourceFaults.TooManyRedirects();
    }

    async Task<HttpResponseMessage> AskAsync(Uri url, string partition, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        using var request = new HttpRequestMessage(HttpMethod.Get, url) { Version = HttpVersion.Version11 };
        request.Options.Set(OutboundHttp.Partition, partition);
        request.Headers.TryAddWithoutValidation("Accept", "*/*");
        request.Headers.TryAddWithoutValidation("Accept-Encoding", "identity");
        request.Headers.TryAddWithoutValidation("User-Agent", UserAgent);
        try
        {
            return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop.Token);
        }
        catch (Exception failure) when (failure is HttpRequestException or TimeoutException)
        {
            throw SourceFaults.Unreachable(failure);
        }
    }

    static Uri? NextOf(HttpResponseMessage response) =>
        response.StatusCode is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther
            or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect
        && response.Headers.Location is { } location
        && Uri.TryCreate(response.RequestMessage!.RequestUri!, location, out var next)
            ? next
            : null;

    async Task<FetchedSource> SaveAsync(HttpResponseMessage response, string path, long? room, CancellationToken cancellationToken)
    {
        var largest = SourceSize.Of(options.Value.MaxSourceBytes, room);
        if (response.Content.Headers.ContentLength > largest.Bytes)
            throw largest.Fault();
        if (response.Content.Headers.ContentEncoding.Any(encoding => !encoding.Equals("identity", StringComparison.OrdinalIgnoreCase)))
            throw SourceFaults.Encoded();

        try
        {
            await using var file = PrivateFile.Create(path);
            await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            var size = await new CappedCopy(largest, time).RunAsync(body, file, cancellationToken);
            return new(path, size, response.Content.Headers.ContentType?.MediaType);
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }
}
