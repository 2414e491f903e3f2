using Framelane.Application.Abstractions;
using Framelane.Application.Common;
using Microsoft.Net.Http.Headers;
using Namotion.Reflection;
using NJsonSchema;
using NJsonSchema.Generation;
using NSwag;
using NSwag.Generation.AspNetCore;
using NSwag.Generation.Processors.Security;

namespace Framelane.Api.OpenApi;

/// <summary>The API's description: <c>/openapi.json</c> for programs, <c>/docs</c> for people. Neither needs a key.</summary>
public static class OpenApiRegistration
{
    public const string DocumentPath = "/openapi.json";

    public const string DocsPath = "/docs";

    /// <summary>NSwag's name of the one document.</summary>
    public const string DocumentName = "v1";

    public const string SecurityScheme = "ApiKey";

    public static IServiceCollection AddFramelaneOpenApi(this IServiceCollection services) => services
        .AddSingleton<PublishedDocument>()
        .AddOpenApiDocument(Configure);

    /// <summary>Maps both as endpoints, so that what an application says of endpoints (authorization, limits) can be said of them.</summary>
    public static IEndpointConventionBuilder MapFramelaneOpenApi(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("").AllowAnonymous().ExcludeFromDescription();
        group.MapGet(DocumentPath, async (HttpContext http, PublishedDocument document) =>
        {
            var (utf8, etag) = await document.GetAsync();
            http.Response.Headers.CacheControl = "public, max-age=300";
            return Results.Bytes(utf8, "application/json", entityTag: new EntityTagHeaderValue(etag));
        });
        group.MapMethods(DocsPath + "/{**page}", [HttpMethods.Get, HttpMethods.Head], DocsPage(endpoints));
        return group;
    }

    static RequestDelegate DocsPage(IEndpointRouteBuilder endpoints)
    {
        var pages = endpoints.CreateApplicationBuilder();
        pages.Use(next => http =>
        {
            // The static files behind the page stand aside wherever an endpoint was chosen, be it the page's own.
            http.SetEndpoint(null);
            return next(http);
        });
        pages.UseSwaggerUi(settings =>
        {
            settings.Path = DocsPath;
            settings.DocumentPath = DocumentPath;
            settings.TransformToExternalPath = (path, request) => request.HttpContext.RequestServices.GetRequiredService<IPublicUrls>().PathOf(path);
            settings.DocumentTitle = "Framelane API";
            settings.DocExpansion = "list";
            settings.DefaultModelsExpandDepth = 0;
        });
        return pages.Build();
    }

    static void Configure(AspNetCoreOpenApiDocumentGeneratorSettings settings, IServiceProvider services)
    {
        settings.DocumentName = DocumentName;
        settings.Title = "Framelane API";
        settings.Version = typeof(OpenApiRegistration).Assembly.GetName().Version!.ToString(3);
        settings.Description =
            "Renders video from a JSON scene, runs media tasks, and tells of both by signed webhooks. "
            + "Lengths of texts are counted in UTF-16 code units: most characters are one, emoji and rare ideographs two or more. "
            + "Every error's body is an ErrorResponse, that of a 422 too, beside the faults; branch on `error.code`.";
        settings.UseRouteNameAsOperationId = true;
        settings.RequireParametersWithoutDefault = false;
        settings.SchemaSettings = SchemaSettings(services);

        settings.OperationProcessors.Add(new ParameterProcessor());
        settings.OperationProcessors.Add(new IdempotencyKeyProcessor());
        settings.OperationProcessors.Add(new ResponseProcessor());
        settings.OperationProcessors.Add(new SecurityProcessor());
        settings.DocumentProcessors.Add(new SecurityDefinitionAppender(SecurityScheme, new OpenApiSecurityScheme
        {
            Type = OpenApiSecuritySchemeType.Http,
            Scheme = "bearer",
            Description = "An API key of the workspace: `Authorization: Bearer fl_live_…`. The console sends its session token there.",
        }));
        settings.DocumentProcessors.Add(new PublishedSchemas());
        settings.DocumentProcessors.Add(new SceneElementUnion());
        settings.DocumentProcessors.Add(new TagOrder());
    }

    static SystemTextJsonSchemaGeneratorSettings SchemaSettings(IServiceProvider services)
    {
        var settings = new SystemTextJsonSchemaGeneratorSettings
        {
            SchemaType = SchemaType.OpenApi3,
            SerializerOptions = WireJson.Options,
            FlattenInheritanceHierarchy = true,
            AlwaysAllowAdditionalObjectProperties = true,
            XmlDocumentationFormatting = XmlDocsFormattingMode.Markdown,
            SchemaNameGenerator = new SchemaNames(),
        };
        settings.TypeMappers.Add(new OptionalTypeMapper());
        settings.TypeMappers.Add(new DimensionTypeMapper());
        settings.SchemaProcessors.Add(new PropertyProcessor());
        settings.SchemaProcessors.Add(new ValidatorProcessor(services));
        return settings;
    }
}
