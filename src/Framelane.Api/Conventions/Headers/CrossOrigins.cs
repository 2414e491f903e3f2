using Framelane.Api.Controllers;
using Framelane.Api.Conventions.Idempotency;
using Framelane.Api.Conventions.RateLimiting;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Framelane.Api.Conventions.Headers;

/// <summary>Lets the pages that are known call the API from a browser. Without cookies: whoever calls is known by what the page sends alone.</summary>
sealed class CrossOrigins(IOptions<CrossOriginOptions> pages) : IConfigureOptions<CorsOptions>
{
    /// <summary>How long a browser may keep what it was told before a request; those of Chrome's family keep nothing longer.</summary>
    static readonly TimeSpan MaxAge = TimeSpan.FromHours(2);

    static readonly string[] Read =
    [
        HeaderNames.Accept, HeaderNames.Authorization, HeaderNames.ContentRange, HeaderNames.ContentType, HeaderNames.IfMatch, HeaderNames.IfModifiedSince,
        HeaderNames.IfNoneMatch, HeaderNames.IfRange, HeaderNames.IfUnmodifiedSince, HeaderNames.Range, IdempotencyKey.Header,
        HeaderNames.TraceParent, HeaderNames.TraceState, HeaderNames.Baggage,
    ];

    static readonly string[] Sent =
    [
        StandardHeaders.RequestId, .. QuotaHeaders.Names, HeaderNames.RetryAfter, HeaderNames.Location, ReplayResult.Header, RenderPreviewsController.WarningsHeader,
        HeaderNames.AcceptRanges, HeaderNames.Allow, HeaderNames.ContentDisposition, HeaderNames.ContentRange, HeaderNames.ETag, HeaderNames.Range,
        HeaderNames.WWWAuthenticate,
    ];

    public void Configure(CorsOptions options) => options.AddDefaultPolicy(policy => policy
        .WithOrigins([.. pages.Value.Origins])
        .WithMethods(HttpMethods.Get, HttpMethods.Head, HttpMethods.Post, HttpMethods.Put, HttpMethods.Patch, HttpMethods.Delete)
        .WithHeaders(Read)
        .WithExposedHeaders(Sent)
        .SetPreflightMaxAge(MaxAge));
}

static class CrossOriginExtensions
{
    /// <summary>Says nothing of origins where none is known.</summary>
    public static void UseCrossOrigins(this WebApplication app)
    {
        if (app.Services.GetRequiredService<IOptions<CrossOriginOptions>>().Value.Origins.Count == 0)
            return;
        app.Use((context, next) =>
        {
            context.Response.OnStarting(KeptApart, context.Response);
            return next(context);
        });
        app.UseCors();
    }

    /// <remarks>The framework says so only to some of those who name an origin; a cache would give a page what it kept for somebody who named none.</remarks>
    static Task KeptApart(object state)
    {
        var headers = ((HttpResponse)state).Headers;
        if (!headers.GetCommaSeparatedValues(HeaderNames.Vary).Contains(HeaderNames.Origin, StringComparer.OrdinalIgnoreCase))
            headers.Append(HeaderNames.Vary, HeaderNames.Origin);
        return Task.CompletedTask;
    }
}
