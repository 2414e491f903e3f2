using Framelane.Api.Conventions.Bodies;
using Framelane.Api.Conventions.Errors;
using Framelane.Application.Abstractions;
using Framelane.Application.Billing;
using Framelane.Application.Billing.Events;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Framelane.Api.Conventions.Billing;

/// <summary>The payment provider calls the action: only what it has signed gets there.</summary>
/// <remarks>It stands before idempotency, which would write down the keys of anybody; nothing else limits this route.</remarks>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SignedByProviderAttribute : Attribute, IAsyncResourceFilter
{
    public async Task OnResourceExecutionAsync(ResourceExecutingContext context, ResourceExecutionDelegate next)
    {
        var http = context.HttpContext;
        var provider = http.RequestServices.GetRequiredService<IBillingProvider>();
        if (!provider.IsConfigured)
        {
            context.Result = new ErrorResult(BillingErrors.NotConfigured);
            return;
        }

        var read = provider.ReadEvent(await RequestBody.ReadAsync(http), http.Request.Headers[ProviderEvent.SignatureHeader]);
        if (read.IsSuccess)
        {
            http.Features.Set(read.Value);
            await next();
        }
        else
        {
            context.Result = new ErrorResult(read.Error);
        }
    }
}

static class ProviderEventExtensions
{
    public static ProviderEvent ProviderEvent(this HttpContext context) => context.Features.GetRequiredFeature<ProviderEvent>();
}
