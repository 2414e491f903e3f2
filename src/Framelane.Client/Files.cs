using System.Net;
using System.Net.Http.Headers;

namespace Framelane.Client;

/// <remarks>Files are sent and fetched as streams, which the generated half cannot do.</remarks>
public partial class FramelaneClient
{
    /// <summary>Bytes that are sent at once, and that a lost connection costs at most.</summary>
    const int PartSize = 16 << 20;

    const int Attempts = 5;

    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Uploads a file, in parts that are sent again where a connection is lost.</summary>
    /// <param name="source">The file, from its beginning; it must be one that can seek.</param>
    /// <param name="contentType">What it is, such as <c>video/mp4</c>.</param>
    /// <param name="filename">Its name, for people.</param>
    /// <returns>What jobs name it by.</returns>
    /// <exception cref="ArgumentException">The stream cannot seek, or is empty.</exception>
    /// <exception cref="FramelaneApiException">The API refused it.</exception>
    /// <exception cref="HttpRequestException">It could not be reached, several times in a row.</exception>
    public async Task<Uri> UploadAsync(Stream source, string contentType, string? filename = null, CancellationToken cancellationToken = default)
    {
        if (!source.CanSeek || source.Length == 0)
            throw new ArgumentException("What is uploaded can seek, and is not empty.", nameof(source));
        var upload = await CreateUploadAsync(new() { ContentType = contentType, Filename = filename }, NewIdempotencyKey(), cancellationToken).ConfigureAwait(false);
        var buffer = new byte[Math.Min(PartSize, source.Length)];
        for (long sent = 0, failures = 0; sent < source.Length;)
        {
            source.Position = sent;
            var read = await source.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            try
            {
                sent = await SendAsync(upload.UploadUrl, contentType, buffer.AsMemory(0, read), new(sent, sent + read - 1, source.Length), cancellationToken).ConfigureAwait(false);
                failures = 0;
            }
            catch (HttpRequestException) when (++failures < Attempts)
            {
                await Task.Delay(Pause * failures, cancellationToken).ConfigureAwait(false);
                sent = await SendAsync(upload.UploadUrl, contentType, default, new(source.Length), cancellationToken).ConfigureAwait(false);
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

    /// <returns>How many bytes the API has.</returns>
    async Task<long> SendAsync(Uri url, string contentType, ReadOnlyMemory<byte> bytes, ContentRangeHeaderValue range, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, url) { Content = new ReadOnlyMemoryContent(bytes) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        request.Content.Headers.ContentRange = range;
        using var answer = await _httpClient.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (answer.StatusCode == HttpStatusCode.PermanentRedirect)
        {
            // "bytes=0-99" says that 100 are there; without the header none is.
            return answer.Headers.TryGetValues("Range", out var kept) && RangeHeaderValue.Parse(kept.First()).Ranges.First().To is { } last ? last + 1 : 0;
        }

        if (answer.StatusCode >= HttpStatusCode.InternalServerError)
            throw new HttpRequestException($"The API answered {(int)answer.StatusCode}.", inner: null, answer.StatusCode);
        await EnsureAsync(answer, cancellationToken).ConfigureAwait(false);
        return range.Length ?? 0;
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
