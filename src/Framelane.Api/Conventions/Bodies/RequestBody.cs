using System.Buffers;
using Framelane.Api.Conventions.Errors;
using Framelane.Application.Common;
using Microsoft.Extensions.Options;

namespace Framelane.Api.Conventions.Bodies;

/// <summary>The request's body, read once: to bind it, and to tell a repeated request from another one.</summary>
sealed class RequestBody
{
    readonly ReadOnlyMemory<byte> bytes;

    RequestBody(ReadOnlyMemory<byte> bytes) => this.bytes = bytes;

    /// <exception cref="RefusedException">It is larger than is allowed, whether or not it said so beforehand.</exception>
    public static async ValueTask<ReadOnlyMemory<byte>> ReadAsync(HttpContext context)
    {
        if (context.Features.Get<RequestBody>() is { } read)
            return read.bytes;

        var limit = context.RequestServices.GetRequiredService<IOptions<FramelaneLimits>>().Value.BodyBytes;
        if (context.Request.ContentLength > limit)
            throw new RefusedException(ApiErrors.PayloadTooLarge(limit));

        var buffer = new ArrayBufferWriter<byte>();
        int count;
        while ((count = await context.Request.Body.ReadAsync(buffer.GetMemory(4096), context.RequestAborted)) > 0)
        {
            buffer.Advance(count);
            if (buffer.WrittenCount > limit)
                throw new RefusedException(ApiErrors.PayloadTooLarge(limit));
        }

        context.Features.Set(new RequestBody(buffer.WrittenMemory));
        return buffer.WrittenMemory;
    }
}
