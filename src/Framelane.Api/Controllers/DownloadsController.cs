using Framelane.Api.Conventions.Errors;
using Framelane.Api.Conventions.Queries;
using Framelane.Api.Conventions.RateLimiting;
using Framelane.Application.Files.Open;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace Framelane.Api.Controllers;

/// <summary>Serves signed URLs. Clients are given them whole, so the document does not show the route.</summary>
[Route("downloads")]
[AllowAnonymous]
[Unmetered]
[ApiController]
[ApiExplorerSettings(IgnoreApi = true)]
public sealed class DownloadsController(ISender sender) : ControllerBase
{
    [HttpGet("{**key}")]
    [HttpHead("{**key}")]
    public async Task<ActionResult> Download(string? key, CancellationToken cancellationToken)
    {
        var query = new OpenSignedFileQuery(key ?? "", Request.Query.One("expires"), Request.Query.One("filename"), Request.Query.One("signature"));
        var result = await sender.Send(query, cancellationToken);
        if (!result.IsSuccess)
            return new ErrorResult(result.Error);

        var file = result.Value;
        Response.Headers.CacheControl = $"private, max-age={(long)file.Lifetime.TotalSeconds}";
        return new FileStreamResult(file.Content, file.ContentType)
        {
            // Left out, it is shown in place.
            FileDownloadName = file.Filename,
            EntityTag = new EntityTagHeaderValue($"\"{file.Version}\""),
            EnableRangeProcessing = HasNoForeignRange(),
        };
    }

    // RFC 9110, 14.2: a unit that is not known is ignored. The framework takes any for bytes.
    bool HasNoForeignRange() =>
        Request.GetTypedHeaders().Range is not { } range || range.Unit.Equals("bytes", StringComparison.OrdinalIgnoreCase);
}
