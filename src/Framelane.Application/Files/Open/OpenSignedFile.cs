using System.Globalization;
using Framelane.Application.Abstractions;
using Framelane.Domain.Common;
using MediatR;

namespace Framelane.Application.Files.Open;

/// <summary>What a signed URL said, as it stood there.</summary>
public sealed record OpenSignedFileQuery(string Key, string? Expires, string? Filename, string? Signature) : IRequest<Result<SignedFileResponse>>;

/// <param name="Content">To be disposed.</param>
/// <param name="Version">Differs when the bytes do; without quotes.</param>
/// <param name="Lifetime">How long the URL is good for.</param>
public sealed record SignedFileResponse(Stream Content, string ContentType, string Version, string? Filename, TimeSpan Lifetime);

sealed class OpenSignedFileHandler(ISignedFiles files) : IRequestHandler<OpenSignedFileQuery, Result<SignedFileResponse>>
{
    public async Task<Result<SignedFileResponse>> Handle(OpenSignedFileQuery query, CancellationToken cancellationToken)
    {
        if (!long.TryParse(query.Expires, NumberStyles.None, CultureInfo.InvariantCulture, out var expires) || query.Signature is null)
            return Error.NotFound("File");
        var link = new SignedLink(query.Key, expires, query.Filename, query.Signature);
        return await files.OpenAsync(link, cancellationToken) is { } file
            ? new SignedFileResponse(file.Content, file.Object.ContentType, file.Object.Version, file.Filename, file.Lifetime)
            : Error.NotFound("File");
    }
}
