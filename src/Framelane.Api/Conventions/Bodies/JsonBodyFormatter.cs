using System.Net.Http.Headers;
using Framelane.Api.Conventions.Errors;
using Framelane.Api.Conventions.Validation;
using Microsoft.AspNetCore.Mvc.Formatters;

namespace Framelane.Api.Conventions.Bodies;

/// <summary>The only way a body gets into an action.</summary>
sealed class JsonBodyFormatter : InputFormatter
{
    readonly BodyReader reader;

    public JsonBodyFormatter(BodyReader reader)
    {
        this.reader = reader;
        SupportedMediaTypes.Add("application/json");
    }

    // Whatever the type says: a request without a body needs none, and one with a wrong type gets our own answer.
    public override bool CanRead(InputFormatterContext context) => true;

    public override async Task<InputFormatterResult> ReadAsync(InputFormatterContext context)
    {
        var body = await RequestBody.ReadAsync(context.HttpContext);
        if (body.IsEmpty)
            return WithoutBody(context);
        if (!IsJson(context.HttpContext.Request.ContentType))
            throw new RefusedException(ApiErrors.UnsupportedMediaType);
        return reader.Read(body.Span, context.ModelType, context.HttpContext.RequestFaults()) is { } request
            ? InputFormatterResult.Success(request)
            : InputFormatterResult.Failure();
    }

    public override Task<InputFormatterResult> ReadRequestBodyAsync(InputFormatterContext context) => ReadAsync(context);

    internal static bool IsJson(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && type.MediaType is { } name
        && (name.Equals("application/json", StringComparison.OrdinalIgnoreCase) || name.EndsWith("+json", StringComparison.OrdinalIgnoreCase))
        && (type.CharSet is null || type.CharSet.Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase));

    static InputFormatterResult WithoutBody(InputFormatterContext context)
    {
        if (context.TreatEmptyInputAsDefaultValue)
            return InputFormatterResult.Success(null);
        context.HttpContext.RequestFaults().AddShape(["body"], FaultTypes.Missing, "A body is required.");
        return InputFormatterResult.Failure();
    }
}
