using System.Net.Http.Headers;
using System.Security.Cryptography;
using Framelane.Application.Abstractions;
using Microsoft.Extensions.DependencyInjection;

namespace Framelane.Api.Tests.Http;

/// <summary>An upload as a client sends it.</summary>
sealed record Uploading(Caller Caller, Uri Url, string SourceUrl, string ContentType)
{
    /// <summary>The asset's id, as the source URL has it.</summary>
    public string AssetId => SourceUrl.Split('/')[^1].Split('.')[0];

    /// <summary>Where it lies in storage once it is complete.</summary>
    public string Key => SourceUrl.Split("/files/")[1];

    /// <summary>As its source URL would be if the file were that workspace's.</summary>
    public string SourceUrlAsOf(Tenant tenant) => SourceUrl.Replace(Key, $"{tenant.Id}/{Key.Split('/')[1]}", StringComparison.Ordinal);

    /// <summary>To compare by: NUnit goes through arrays element by element.</summary>
    public static string DigestOf(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    /// <summary>The digest of what lies in storage.</summary>
    public async Task<string> StoredAsync(ApiHost host)
    {
        await using var content = await host.Services.GetRequiredService<IObjectStorage>().OpenReadAsync(Key, CancellationToken.None);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(content));
    }

    public static async Task<Uploading> BeginAsync(Tenant tenant, Caller sender, string contentType = "video/mp4")
    {
        var answer = await tenant.Raw.PostAsync("/v1/uploads", $$"""{"content_type": "{{contentType}}"}""");
        Assert.That(answer.Status, Is.EqualTo(201), answer.Body);
        return new(sender, new((string)answer.Json["upload_url"]!), (string)answer.Json["source_url"]!, contentType);
    }

    /// <summary>All of the file at once.</summary>
    public Task<Answer> PutAsync(byte[] content) => SendAsync(new ByteArrayContent(content), null);

    /// <summary>A part of it.</summary>
    public Task<Answer> PutAsync(byte[] content, long first, long? total) =>
        SendAsync(new ByteArrayContent(content), $"bytes {first}-{first + content.Length - 1}/{(total is { } all ? all : "*")}");

    /// <summary>How far is it?</summary>
    public Task<Answer> AskAsync(long? total = null) => SendAsync(new ByteArrayContent([]), $"bytes */{(total is { } all ? all : "*")}");

    public Task<Answer> SendAsync(HttpContent content, string? range)
    {
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(ContentType);
        if (range is not null)
            content.Headers.TryAddWithoutValidation("Content-Range", range);
        return Caller.SendContentAsync("PUT", Url.PathAndQuery, content);
    }

    /// <summary>A content that does not say how long it is.</summary>
    public static StreamContent Chunked(Stream body) => new(new Unseekable(body));

    sealed class Unseekable(Stream inner) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => inner.ReadAsync(buffer, cancellationToken);

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
