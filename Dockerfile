# The service. Build the jar first: ./mvnw package
FROM eclipse-temurin:25-jre
COPY config/jvm.options /opt/consortium/jvm.options
COPY modules/application/target/application-*.jar /opt/consortium/consortium.jar
USER 10001
EXPOSE 8080
ENTRYPOINT ["java", "@/opt/consortium/jvm.options", "-XX:MaxRAMPercentage=75", "-jar", "/opt/consortium/consortium.jar"]
