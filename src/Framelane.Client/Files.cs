using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace Framelane.Client;

/// <remarks>Files are sent and fetched as streams, which the generated half cannot do.</remarks>
public partial class FramelaneClient
{
    /// <summary>Bytes that are sent at once, and that a lost connection costs at most.</summary>
    const int PartSize = 16 << 20;

    /// <summary>With the pauses between them, 31 s: longer than the API keeps an upload for a writer that it has lost, which is 20 s.</summary>
    const int Attempts = 6;

    /// <summary>After the first failure; doubled with each that follows.</summary>
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    const string RateLimited = "rate_limited";

    /// <summary>By which it waits between attempts.</summary>
    internal TimeProvider Clock { get; set; } = TimeProvider.System;

    /// <summary>
    /// Uploads a file, in parts that are sent again where a connection is lost. Half a minute without the API is waited for, and so is as long as it asks to
    /// where parts come too fast.
    /// </summary>
    /// <param name="source">The file, from its beginning; it must be one that can seek.</param>
    /// <param name="contentType">What it is, such as <c>video/mp4</c>.</param>
    /// <param name="filename">Its name, for people.</param>
    /// <returns>What jobs name it by.</returns>
    /// <exception cref="ArgumentException">The stream cannot seek, or is empty.</exception>
    /// <exception cref="FramelaneApiException">The API refused it.</exception>
    /// <exception cref="HttpRequestException">It could not be reached, or did not answer in time, several times in a row.</exception>
    public async Task<Uri> UploadAsync(Stream source, string contentType, string? filename = null, CancellationToken cancellationToken = default)
    {
        if (!source.CanSeek || source.Length == 0)
            throw new ArgumentException("What is uploaded can seek, and is not empty.", nameof(source));
        var upload = await CreateUploadAsync(new() { ContentType = contentType, Filename = filename }, NewIdempotencyKey(), cancellationToken).ConfigureAwait(false);
        var buffer = new byte[Math.Min(PartSize, source.Length)];
        var failures = 0;
        for (long? sent = 0; sent is { } kept;)
        {
            try
            {
                // What the API has is not known after a failure: an answer may be lost alone, and a connection in the middle of a part.
                if (failures > 0)
                    sent = await SendAsync(upload.UploadUrl, contentType, default, new(source.Length), cancellationToken).ConfigureAwait(false);
                if (sent == source.Length)
                    throw new HttpRequestException("The API has all of the file, and is not done with it.");
                if (sent is { } from)
                    sent = await SendPartAsync(upload.UploadUrl, contentType, source, from, buffer, cancellationToken).ConfigureAwait(false);
                failures = 0;
            }
            catch (Exception failure) when (MayPass(failure))
            {
                failures = sent > kept ? 1 : failures + 1;
                if (failures == Attempts)
                    throw;
                await Task.Delay(AskedFor(failure) ?? Pause * (1 << (failures - 1)), Clock, cancellationToken).ConfigureAwait(false);
            }
        }

        return upload.SourceUrl;
    }

    /// <summary>Downloads what a render made.</summary>
    /// <param name="renderId">The job's id.</param>
    /// <param name="destination">Where its bytes are written.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <exception cref="FramelaneApiException">There is no such job, or it has made nothing yet: <c>not_found</c>, <c>not_ready</c>.</exception>
    public async Task DownloadRenderAsync(string renderId, Stream destination, CancellationToken cancellationToken = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"v1/renders/{Uri.EscapeDataString(renderId)}/download");
        using var answer = await _httpClient.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);

        // To the signed URL, which most handlers have followed by themselves. It needs no key, and may be another server's.
        if (answer is { StatusCode: HttpStatusCode.Redirect, Headers.Location: { } location })
        {
            using var bare = new HttpClient();
            await using var bytes = await bare.GetStreamAsync(location, cancellationToken).ConfigureAwait(false);
            await bytes.CopyToAsync(destination, cancellationToken).ConfigureAwait(false);
            return;
        }

        await EnsureAsync(answer, cancellationToken).ConfigureAwait(false);
        await answer.Content.CopyToAsync(destination, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Whether it may go on from what the API says that it has. A conflict may be with a former request, which the API does not yet know to be
    /// lost; and what it finds wrong with a request that was made here is that its bytes stopped coming.
    /// </summary>
    static bool MayPass(Exception failure) => failure is HttpRequestException or FramelaneApiException { Code: "conflict" or "invalid_request" or RateLimited };

    /// <summary>How long the API says to wait, where too many requests came.</summary>
    static TimeSpan? AskedFor(Exception failure) =>
        failure is FramelaneApiException { Code: RateLimited } limited
        && limited.Headers.TryGetValue("Retry-After", out var after) && int.TryParse(after.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(seconds)
            : null;

    /// <returns>As <see cref="SendAsync"/>.</returns>
    async Task<long?> SendPartAsync(Uri url, string contentType, Stream source, long from, byte[] buffer, CancellationToken cancellationToken)
    {
        source.Position = from;
        var read = await source.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        return await SendAsync(url, contentType, buffer.AsMemory(0, read), new(from, from + read - 1, source.Length), cancellationToken).ConfigureAwait(false);
    }

    /// <returns>How many bytes the API has; null once the upload is complete.</returns>
    /// <exception cref="HttpRequestException">There was no answer, or one that blames the API.</exception>
    async Task<long?> SendAsync(Uri url, string contentType, ReadOnlyMemory<byte> bytes, ContentRangeHeaderValue range, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, url) { Content = new ReadOnlyMemoryContent(bytes) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        request.Content.Headers.ContentRange = range;
        using var answer = await AnswerAsync(request, cancellationToken).ConfigureAwait(false);
        if (answer.StatusCode == HttpStatusCode.PermanentRedirect)
        {
            // "bytes=0-99" says that 100 are there; without the header none is.
            return answer.Headers.TryGetValues("Range", out var kept) && RangeHeaderValue.Parse(kept.First()).Ranges.First().To is { } last ? last + 1 : 0;
        }

        if (answer.StatusCode >= HttpStatusCode.InternalServerError)
            throw new HttpRequestException($"The API answered {(int)answer.StatusCode}.", inner: null, answer.StatusCode);
        await EnsureAsync(answer, cancellationToken).ConfigureAwait(false);
        return null;
    }

    async Task<HttpResponseMessage> AnswerAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await _httpClient.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw new HttpRequestException("The API did not answer in time.", late);
        }
    }

    async Task EnsureAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        if (answer.IsSuccessStatusCode)
            return;
        var headers = answer.Headers.ToDictionary(header => header.Key, header => header.Value);
        var body = await ReadObjectResponseAsync<ErrorResponse>(answer, headers, cancellationToken).ConfigureAwait(false);
        throw new FramelaneApiException<ErrorResponse>(body.Object.Error.Message, (int)answer.StatusCode, body.Text, headers, body.Object, null!);
    }
}
