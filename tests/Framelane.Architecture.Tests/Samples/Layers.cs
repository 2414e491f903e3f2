// One type for each way of breaking a rule about layers. The rules are shown to find them.
using Framelane.Api.Samples;
using Framelane.Infrastructure.Samples;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Framelane.Architecture.Tests.Samples
{
    sealed class UsesAPackage
    {
        public static Task<object?> Send(ISender sender, object request) => sender.Send(request);
    }

    sealed class UsesInfrastructure
    {
        public static async Task<string> NameAsync()
        {
            await Task.Yield();
            return new Adapter().ToString()!;
        }
    }

    sealed class UsesTheApi
    {
        public Func<string> Name { get; } = () => new Controller().ToString()!;
    }

    sealed class UsesEfCore
    {
        public static Task SaveAsync(DbContext context) => context.SaveChangesAsync();
    }

    sealed class UsesAspNetCore
    {
        public static string Method(HttpContext context) => context.Request.Method;
    }
}

namespace Framelane.Infrastructure.Samples
{
    sealed class Adapter;
}

namespace Framelane.Api.Samples
{
    sealed class Controller;
}
